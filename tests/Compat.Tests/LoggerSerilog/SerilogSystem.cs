using System.Threading.Channels;
using Akka.Actor;
using Akka.Configuration;
using Akka.Logger.Serilog;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace ActorNet.Compat.Tests.LoggerSerilog;

/// <summary>
/// An actor system that logs through Serilog's static logger into a list. Since there is one such logger, the tests that
/// use it stand in one collection.
/// </summary>
internal sealed class SerilogSystem : ILogEventSink, IAsyncDisposable
{
    public const string Collection = "Serilog.Log.Logger";

    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<LogEvent> _written = Channel.CreateUnbounded<LogEvent>();

    private ActorSystem? _actors;

    public ActorSystem Actors => _actors ?? throw new InvalidOperationException("Not started.");

    public static async Task<SerilogSystem> StartAsync()
    {
        var system = new SerilogSystem();
        Log.Logger = new LoggerConfiguration().MinimumLevel.Verbose().WriteTo.Sink(system).CreateLogger();
        system._actors = ActorSystem.Create("logging", (Config)"""
            akka {
              loggers = ["Akka.Logger.Serilog.SerilogLogger, Akka.Logger.Serilog"]
              loglevel = DEBUG
              stdout-loglevel = OFF
            }
            """);
        // A logger is subscribed some time after the system is there, and says so: what is logged before is not written.
        await system.WrittenAsync(entry => entry.RenderMessage(null)
            .EndsWith($"[{typeof(SerilogLogger).FullName}] started", StringComparison.Ordinal));
        return system;
    }

    /// <summary>The first event of this kind; what came before it is dropped.</summary>
    public async Task<LogEvent> WrittenAsync(Func<LogEvent, bool> wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        await foreach (var entry in _written.Reader.ReadAllAsync(patience.Token))
        {
            if (wanted(entry)) return entry;
        }

        throw new InvalidOperationException("No such event was written.");
    }

    public Task<LogEvent> WrittenAsync(string template) => WrittenAsync(entry => entry.MessageTemplate.Text == template);

    public void Emit(LogEvent logEvent) => _written.Writer.TryWrite(logEvent);

    public async ValueTask DisposeAsync()
    {
        await Actors.Terminate().WaitAsync(Patience);
        await Log.CloseAndFlushAsync();
    }
}
