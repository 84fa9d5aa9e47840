using System.Net;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Listening;

public sealed class PenaltiesTests
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private static readonly Source One = Source.Of(IPAddress.Parse("192.0.2.1"), 64);
    private static readonly Source Two = Source.Of(IPAddress.Parse("192.0.2.2"), 64);

    private readonly Penalties _penalties = new(TestAdmission.Penalties, maxSources: 3);

    private static TimeSpan At(double seconds) => Start + TimeSpan.FromSeconds(seconds);

    private void Add(Source source, Fault fault, int times = 1, double at = 0)
    {
        for (var i = 0; i < times; i++) _penalties.Add(source, fault, At(at));
    }

    private double RefusedFor(Source source, double at = 0) => _penalties.RefusedFor(source, At(at)).TotalSeconds;

    [Theory]
    [InlineData(Fault.FailedLogin, 3)]
    [InlineData(Fault.NoLogin, 15)]
    [InlineData(Fault.LoginTimeout, 1)]
    [InlineData(Fault.Violation, 1)]
    public void A_source_is_refused_once_it_owes_more_than_the_least(Fault fault, int mostUnpunished)
    {
        Add(One, fault, mostUnpunished);
        Assert.Equal(0, RefusedFor(One));
        Add(One, fault);
        Assert.Equal((mostUnpunished + 1) * TestAdmission.Penalties.Of(fault).TotalSeconds, RefusedFor(One));
        Assert.Equal(0, RefusedFor(Two));
    }

    [Fact]
    public void A_fault_that_does_not_exist_has_no_cost() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => TestAdmission.Penalties.Of((Fault)99));

    [Fact]
    public void It_is_refused_until_nothing_is_left_and_then_starts_afresh()
    {
        Add(One, Fault.Violation, times: 2);
        Assert.Equal(4, RefusedFor(One, at: 16));
        Assert.Equal(Tick, _penalties.RefusedFor(One, At(20) - Tick));
        Assert.Equal(0, RefusedFor(One, at: 20));
        Add(One, Fault.Violation, at: 20);
        Assert.Equal(0, RefusedFor(One, at: 20));
    }

    [Fact]
    public void What_is_owed_runs_down_between_faults()
    {
        for (var i = 0; i < 100; i++) Add(One, Fault.FailedLogin, at: i * 5);
        Assert.Equal(0, RefusedFor(One, at: 500));
        for (var i = 0; i < 12; i++) Add(One, Fault.FailedLogin, at: 1000 + (i * 4));
        Assert.Equal(16, RefusedFor(One, at: 1044));
    }

    [Fact]
    public void Exactly_the_least_is_not_refused_and_a_tick_more_is()
    {
        Add(One, Fault.Violation);
        _penalties.Add(One, Fault.Violation, At(5));
        Assert.Equal(0, RefusedFor(One, at: 5));
        Add(Two, Fault.Violation);
        _penalties.Add(Two, Fault.Violation, At(5) - Tick);
        Assert.True(RefusedFor(Two, at: 5) > 0);
    }

    [Fact]
    public void No_source_owes_more_than_the_most()
    {
        Add(One, Fault.Violation, times: 1000);
        Assert.Equal(600, RefusedFor(One));
        Add(One, Fault.Violation, at: 100);
        Assert.Equal(510, RefusedFor(One, at: 100));
    }

    [Fact]
    public void A_single_fault_cannot_cost_more_than_the_most()
    {
        var penalties = new Penalties(TestAdmission.Penalties with { Violation = TimeSpan.FromHours(1) }, maxSources: 3);
        penalties.Add(One, Fault.Violation, Start);
        Assert.Equal(TimeSpan.FromMinutes(10), penalties.RefusedFor(One, Start));
    }

    [Fact]
    public void A_fault_that_costs_nothing_leaves_no_trace()
    {
        var penalties = new Penalties(TestAdmission.Penalties with { NoLogin = TimeSpan.Zero }, maxSources: 3);
        for (var i = 0; i < 1000; i++) penalties.Add(One, Fault.NoLogin, Start);
        Assert.Equal(0, penalties.Count);
    }

    [Fact]
    public void In_a_full_table_the_debt_that_ends_first_is_forgotten_and_a_large_one_outlives_many_small_ones()
    {
        Add(One, Fault.Violation, times: 2);
        for (var i = 0; i < 10_000; i++) Add(Source.Of(TestAdmission.Address(i), 64), Fault.FailedLogin);
        Assert.Equal(3, _penalties.Count);
        Assert.Equal(20, RefusedFor(One));
    }

    [Fact]
    public void In_a_table_full_of_larger_debts_a_small_one_is_not_kept_and_nobody_is_refused_for_it()
    {
        for (var i = 0; i < 3; i++) Add(Source.Of(TestAdmission.Address(i), 64), Fault.Violation, times: 2);
        Add(One, Fault.Violation, times: 3);
        Assert.Equal((3, 0), (_penalties.Count, RefusedFor(One)));
        for (var i = 0; i < 3; i++) Assert.Equal(20, RefusedFor(Source.Of(TestAdmission.Address(i), 64)));
        Add(One, Fault.Violation, times: 2, at: 11);
        Assert.Equal(20, RefusedFor(One, at: 11));
    }

    [Fact]
    public void What_has_run_down_makes_place()
    {
        for (var i = 0; i < 3; i++) Add(Source.Of(TestAdmission.Address(i), 64), Fault.Violation);
        Add(One, Fault.FailedLogin, at: 10);
        Assert.Equal(1, _penalties.Count);
    }

    [Fact]
    public void A_clock_that_another_thread_read_a_little_earlier_does_no_harm()
    {
        Add(One, Fault.Violation, times: 2, at: 1);
        Add(One, Fault.FailedLogin, at: 0.5);
        Assert.Equal(25.5, RefusedFor(One, at: 0.5));
        Assert.Equal(1, _penalties.Count);
    }

    [Theory]
    [InlineData("2001:db8:1:2:3:4:5:6", 64, "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2:3:4:5:6", 48, "2001:db8:1::/48")]
    [InlineData("2001:db8::1", 128, "2001:db8::1/128")]
    [InlineData("192.0.2.1", 64, "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", 64, "192.0.2.1")]
    public void A_source_is_named_as_people_write_it(string address, int prefix, string expected) =>
        Assert.Equal(expected, Source.Of(IPAddress.Parse(address), prefix).ToString());
}
