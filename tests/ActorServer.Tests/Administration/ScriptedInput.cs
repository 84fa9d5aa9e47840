using System.Text;
using ActorNet.Server.Administration;

namespace ActorNet.Server.Tests.Administration;

/// <summary>A person at a terminal, or a script at a pipe, whose answers are known before.</summary>
internal sealed class ScriptedInput : IConsoleInput
{
    private readonly Queue<string?> _answers;
    private readonly byte[] _bytes;

    private ScriptedInput(bool isTerminal, IEnumerable<string?> answers, byte[] bytes) =>
        (IsTerminal, _answers, _bytes) = (isTerminal, new Queue<string?>(answers), bytes);

    public bool IsTerminal { get; }

    /// <summary>A person who types these lines.</summary>
    public static ScriptedInput Terminal(params string?[] answers) => new(true, answers, []);

    /// <summary>A pipe with this in it.</summary>
    public static ScriptedInput Pipe(string text) => Pipe(Encoding.UTF8.GetBytes(text));

    /// <summary>A pipe with these bytes in it.</summary>
    public static ScriptedInput Pipe(byte[] bytes) => new(false, [], bytes);

    public string? ReadLine() => _answers.Dequeue();

    public string? ReadHidden(Action ask)
    {
        ask();
        return _answers.Dequeue();
    }

    public Stream OpenStream() => new MemoryStream(_bytes);
}
