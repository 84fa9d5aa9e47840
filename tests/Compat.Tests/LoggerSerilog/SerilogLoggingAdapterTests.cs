using Akka.Actor;
using Akka.Event;
using Akka.Logger.Serilog;
using Serilog.Events;

namespace ActorNet.Compat.Tests.LoggerSerilog;

[Collection(SerilogSystem.Collection)]
public sealed class SerilogLoggingAdapterTests : IAsyncLifetime
{
    private SerilogSystem _system = null!;
    private ILoggingAdapter _log = null!;

    [Fact]
    public async Task A_context_property_goes_with_every_event_with_values_or_without()
    {
        var log = _log.ForContext("Connection", 7).ForContext("User", "ann");

        log.Info("Opened {Channel}", 3);
        log.Info("closed");

        var opened = await _system.WrittenAsync("Opened {Channel}");
        Assert.Equal("7", opened.Properties["Connection"].ToString());
        Assert.Equal("\"ann\"", opened.Properties["User"].ToString());
        Assert.Equal("3", opened.Properties["Channel"].ToString());
        var closed = await _system.WrittenAsync(entry => entry.RenderMessage(null) == "closed");
        Assert.Equal("7", closed.Properties["Connection"].ToString());
    }

    [Fact]
    public async Task The_adapter_it_was_made_from_stays_as_it_is()
    {
        _log.ForContext("Connection", 7);

        _log.Info("Opened {Channel}", 3);

        Assert.DoesNotContain("Connection", (await _system.WrittenAsync("Opened {Channel}")).Properties.Keys);
    }

    [Fact]
    public async Task The_newest_value_of_a_property_wins()
    {
        _log.ForContext("User", "ann").ForContext("User", "bob").Info("Opened {Channel}", 3);

        Assert.Equal("\"bob\"", (await _system.WrittenAsync("Opened {Channel}")).Properties["User"].ToString());
    }

    [Fact]
    public async Task A_value_is_taken_apart_when_asked_for()
    {
        _log.ForContext("Peer", new Peer("ann", 22), destructureObjects: true).Info("Opened {Channel}", 3);

        var peer = (await _system.WrittenAsync("Opened {Channel}")).Properties["Peer"];
        Assert.Equal(["Name", "Port"], Assert.IsType<StructureValue>(peer).Properties.Select(value => value.Name));
    }

    [Fact]
    public async Task Everyone_else_on_the_event_stream_sees_the_rendered_text()
    {
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var listener = _system.Actors.ActorOf(Props.Create(() => new Listener(seen)));
        _system.Actors.EventStream.Subscribe(listener, typeof(Warning));

        _log.ForContext("Connection", 7).Warning("Opened {Channel} of {Total}", 3, 4);

        Assert.Equal("Opened 3 of 4", await seen.Task.WaitAsync(SerilogSystem.Patience));
    }

    [Fact]
    public async Task The_levels_enabled_are_those_of_the_system()
    {
        Assert.True(_log.IsDebugEnabled);

        _system.Actors.EventStream.SetLogLevel(LogLevel.WarningLevel);
        ILoggingAdapter later = _system.Actors.GetLogger<SerilogLoggingAdapter>("the source", typeof(Peer));

        Assert.False(later.IsDebugEnabled);
        Assert.False(later.IsInfoEnabled);
        Assert.True(later.IsWarningEnabled);
        Assert.True(later.IsErrorEnabled);
        later.Info("Below {Level}", "the level");
        later.Warning("At {Level}", "the level");
        var first = await _system.WrittenAsync(entry => entry.Properties.ContainsKey("Level"));
        Assert.Equal("At {Level}", first.MessageTemplate.Text);
    }

    [Fact]
    public async Task A_source_is_named_by_what_it_is()
    {
        ILoggingAdapter log = _system.Actors.GetLogger<SerilogLoggingAdapter>("by its name");

        log.Info("Opened {Channel}", 3);

        var written = await _system.WrittenAsync("Opened {Channel}");
        Assert.Contains("by its name", $"{written.Properties["LogSource"]}", StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>(() => _system.Actors.GetLogger<SerilogLoggingAdapter>(null!));
    }

    public async Task InitializeAsync()
    {
        _system = await SerilogSystem.StartAsync();
        _log = _system.Actors.GetLogger<SerilogLoggingAdapter>("the source", typeof(SerilogLoggingAdapterTests));
    }

    public async Task DisposeAsync() => await _system.DisposeAsync();

    private sealed record Peer(string Name, int Port);

    private sealed class Listener : ReceiveActor
    {
        public Listener(TaskCompletionSource<string?> seen) =>
            Receive<Warning>(warning => seen.TrySetResult(warning.Message.ToString()));
    }
}
