using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class LivenessTests
{
    private static readonly ConnectionSettings Settings = TestLimits.Connection;
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly Liveness _liveness = new(Settings, Start);

    private LivenessVerdict Check(TimeSpan after, bool isWriting = false, bool isListening = true) =>
        _liveness.Check(Start + after, isWriting, isListening);

    [Fact]
    public void A_ping_is_due_at_the_ping_interval_and_once_in_a_silence()
    {
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.PingInterval - Tick));
        Assert.Equal(LivenessVerdict.Ping, Check(Settings.PingInterval));
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.PingInterval + Tick));
    }

    [Fact]
    public void After_a_sign_of_life_the_next_silence_gets_its_own_ping()
    {
        Assert.Equal(LivenessVerdict.Ping, Check(Settings.PingInterval));
        _liveness.Received(Start + Settings.PingInterval);
        Assert.Equal(LivenessVerdict.Fine, Check(2 * Settings.PingInterval - Tick));
        Assert.Equal(LivenessVerdict.Ping, Check(2 * Settings.PingInterval));
    }

    [Fact]
    public void A_peer_is_idle_at_the_idle_timeout()
    {
        Check(Settings.PingInterval);
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.IdleTimeout - Tick));
        Assert.Equal(LivenessVerdict.Idle, Check(Settings.IdleTimeout));
    }

    [Fact]
    public void A_write_is_stuck_at_the_write_timeout_whatever_comes_in()
    {
        _liveness.WriteStarted(Start);
        _liveness.Received(Start + Settings.WriteTimeout - Tick);
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.WriteTimeout - Tick, isWriting: true));
        Assert.Equal(LivenessVerdict.Stuck, Check(Settings.WriteTimeout, isWriting: true));
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.WriteTimeout, isWriting: false));
    }

    [Fact]
    public void Silence_counts_from_when_listening_began_again()
    {
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.IdleTimeout, isListening: false));
        Assert.Equal(LivenessVerdict.Fine, Check(Settings.IdleTimeout + Settings.PingInterval - Tick));
        Assert.Equal(LivenessVerdict.Ping, Check(Settings.IdleTimeout + Settings.PingInterval));
    }

    [Fact]
    public void Checks_come_six_times_within_the_shortest_limit() =>
        Assert.Equal(Settings.PingInterval / 6, _liveness.CheckInterval);
}
