using ActorNet.Server.Auth;
using ActorNet.Server.Tests.Connections;

namespace ActorNet.Server.Tests.Auth;

public sealed class LoginThrottleTests
{
    private static readonly LoginSettings Settings = TestLimits.Login;
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly LoginThrottle _throttle = new(Settings);
    private TimeSpan _now = TimeSpan.FromDays(1);

    private TimeSpan? Begin(string name = "alice", string? device = null) => _throttle.Begin(name, device, _now);

    private void FailFreely(string name = "alice", string? device = null)
    {
        for (var i = 0; i < Settings.FreeFailures; i++) Assert.Null(Begin(name, device));
    }

    [Fact]
    public void So_many_failures_are_free_and_then_the_delay_doubles_up_to_the_longest()
    {
        FailFreely();
        foreach (var seconds in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            Assert.Equal(TimeSpan.FromSeconds(seconds), Begin());
            _now += TimeSpan.FromSeconds(seconds) - Tick;
            Assert.Equal(Tick, Begin());
            _now += Tick;
            Assert.Null(Begin());
        }
    }

    [Fact]
    public void A_login_that_was_not_let_through_does_not_count()
    {
        FailFreely();
        for (var i = 0; i < 100; i++) Assert.Equal(Settings.FirstDelay, Begin());
    }

    [Fact]
    public void Logins_at_the_same_moment_do_not_all_come_in_time()
    {
        FailFreely();
        Assert.NotNull(Begin());
    }

    [Fact]
    public void Success_takes_back_itself_and_not_what_others_did()
    {
        Begin();
        Begin();
        for (var i = 0; i < 10; i++)
        {
            Assert.Null(Begin());
            _throttle.Succeeded("alice", null);
        }

        Assert.Null(Begin());
        Assert.NotNull(Begin());
    }

    [Fact]
    public void Failures_of_one_account_are_nothing_to_another()
    {
        FailFreely();
        Assert.NotNull(Begin());
        Assert.Null(Begin("bob"));
    }

    [Fact]
    public void A_known_device_is_not_slowed_down_by_strangers_nor_they_by_it()
    {
        FailFreely();
        Assert.NotNull(Begin());
        FailFreely(device: "laptop");
        Assert.Null(Begin(device: "phone"));

        FailFreely("bob", "tablet");
        Assert.Null(Begin("bob"));
    }

    [Fact]
    public void A_known_device_with_too_many_failures_of_its_own_is_a_stranger()
    {
        FailFreely();
        FailFreely(device: "laptop");
        Assert.Equal(Settings.FirstDelay, Begin(device: "laptop"));
        _now += Settings.ForgetAfter;
        Assert.Null(Begin(device: "laptop"));
    }

    [Fact]
    public void A_known_device_that_succeeds_is_as_new()
    {
        for (var i = 0; i < 10; i++)
        {
            FailFreely(device: "laptop");
            _throttle.Succeeded("alice", "laptop");
        }
    }

    [Fact]
    public void After_a_silence_all_is_forgotten()
    {
        FailFreely();
        _now += Settings.ForgetAfter;
        FailFreely();
    }

    [Fact]
    public void Trying_ten_thousand_names_does_not_give_more_guesses_at_one()
    {
        FailFreely();
        var guesses = 0;
        for (var i = 0; i < 10_000; i++)
        {
            Begin($"name-{i}");
            if (Begin() is null) guesses++;
        }

        Assert.Equal(0, guesses);
    }
}
