using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace ActorNet.Compat.Tests.Hosting;

/// <summary>What a host's loggers were told.</summary>
internal sealed class RecordedLog : ILoggerProvider
{
    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>();

    public ILogger CreateLogger(string categoryName) => new Recorder(categoryName, _entries.Writer);

    /// <summary>The first entry of this kind; what came before it is dropped.</summary>
    public async Task<Entry> FirstAsync(Func<Entry, bool> wanted)
    {
        using var patience = new CancellationTokenSource(AkkaHost.Patience);
        await foreach (var entry in _entries.Reader.ReadAllAsync(patience.Token))
        {
            if (wanted(entry)) return entry;
        }

        throw new InvalidOperationException("No such entry was logged.");
    }

    public void Dispose() => _entries.Writer.TryComplete();

    internal sealed record Entry(string Category, LogLevel Level, Exception? Exception, string Text);

    private sealed class Recorder(string category, ChannelWriter<Entry> entries) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            entries.TryWrite(new Entry(category, logLevel, exception, formatter(state, exception)));
    }
}
