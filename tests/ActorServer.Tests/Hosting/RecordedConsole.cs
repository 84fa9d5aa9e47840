using ActorNet.Server.Hosting;

namespace ActorNet.Server.Tests.Hosting;

/// <summary>A terminal that remembers what it was told.</summary>
internal sealed class RecordedConsole : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public RecordedConsole() =>
        Console = new ServerConsole(TextWriter.Synchronized(_out), TextWriter.Synchronized(_error));

    public ServerConsole Console { get; }

    public string Out => _out.ToString();

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    public string Error => _error.ToString();
}
