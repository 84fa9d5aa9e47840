using ActorNet.Client.Terminal;

namespace ActorNet.Client.Tests.Support;

/// <summary>Somebody at the terminal who gives the same answers in any run, and then no more.</summary>
internal sealed class FakePrompt(params string?[] answers) : IPrompt
{
    private readonly Queue<string?> _answers = new(answers);

    /// <summary>What was asked, in order, and whether the answer could be seen.</summary>
    public List<(string Question, Typing Typing)> Asked { get; } = [];

    public Task<string?> AskAsync(string question, Typing typing, CancellationToken cancellation)
    {
        Asked.Add((question, typing));
        return Task.FromResult(_answers.TryDequeue(out var answer) ? answer : null);
    }
}
