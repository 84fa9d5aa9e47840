using System.Runtime.CompilerServices;

namespace ActorNet.Client.Commands;

/// <summary>Lines in, lines out: for pipes, and terminals that can do no more (<c>TERM=dumb</c>).</summary>
internal sealed class PlainChatConsole(TextWriter output, TextReader input) : IChatConsole
{
    private readonly Lock _gate = new();

    /// <inheritdoc />
    public void Print(string line)
    {
        lock (_gate) output.WriteLine(line);
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // a read of stdin cannot be taken back; it is left behind when the process ends
        while (await input.ReadLineAsync(CancellationToken.None).AsTask().WaitAsync(cancellation) is { } line)
            yield return line;
    }

    /// <inheritdoc />
    public void Close()
    {
    }
}
