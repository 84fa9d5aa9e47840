using System.Text;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>What a node in this process tells whoever sits at its terminal.</summary>
internal sealed class NodeConsole : TextWriter
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private readonly List<(string Start, TaskCompletionSource Said)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Ends when a line begins so; one that was said before counts too.</summary>
    public Task LineAsync(string start)
    {
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_lines.Any(line => line.StartsWith(start, StringComparison.Ordinal))) return Task.CompletedTask;
            _awaited.Add((start, said));
        }

        return said.Task;
    }

    public override void WriteLine(string? value)
    {
        lock (_gate)
        {
            _lines.Add(value ?? "");
            foreach (var (start, said) in _awaited)
                if (_lines[^1].StartsWith(start, StringComparison.Ordinal))
                    said.TrySetResult();
        }
    }
}
