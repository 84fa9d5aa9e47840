using System.Runtime.InteropServices;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Tests.Hosting;

public class StopSignalsTests
{
    [Theory]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGTERM, 143)]
    [InlineData(PosixSignal.SIGQUIT, 131)]
    public void The_first_signal_asks_to_stop_and_the_second_ends_at_once_with_its_number(PosixSignal second, int exitCode)
    {
        var exits = new List<int>();
        using var signals = StopSignals.Unregistered(exits.Add);

        signals.Take(PosixSignal.SIGTERM);
        Assert.True(signals.Requested.IsCancellationRequested);
        Assert.Empty(exits);

        signals.Take(second);
        Assert.Equal([exitCode], exits);
    }
}
