using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Listening;

public sealed class AdmissionTests
{
    private static readonly AdmissionSettings Wide = TestAdmission.Wide;
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    private static Admission New(AdmissionSettings settings) => new(settings, Random.Shared);

    private static ErrorCode? Admit(Admission admission, IPAddress? address, TimeSpan after = default) =>
        admission.Admit(address, Start + after)?.Code;

    [Fact]
    public void One_more_than_the_connections_allowed_is_refused_until_one_leaves()
    {
        var admission = New(Wide with { MaxConnections = 2 });
        Assert.Null(Admit(admission, One));
        Assert.Null(Admit(admission, IPAddress.Loopback));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, IPAddress.Loopback));
        admission.Leave(One, loggedIn: false);
        Assert.Null(Admit(admission, IPAddress.Loopback));
    }

    [Fact]
    public void One_more_than_may_wait_for_their_login_is_refused_until_one_logs_in_or_leaves()
    {
        var admission = New(Wide with { MaxBeforeLogin = 1 });
        Assert.Null(Admit(admission, One));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, Two));
        admission.LoggedIn();
        Assert.Null(Admit(admission, Two));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, Two));
        admission.Leave(Two, loggedIn: false);
        Assert.Null(Admit(admission, Two));
    }

    [Fact]
    public void One_more_than_a_source_may_have_is_refused_and_other_sources_are_not()
    {
        var admission = New(Wide with { MaxPerSource = 2 });
        Assert.Null(Admit(admission, One));
        Assert.Null(Admit(admission, One));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, One));
        Assert.Null(Admit(admission, Two));
        admission.Leave(One, loggedIn: true);
        Assert.Null(Admit(admission, One));
    }

    [Fact]
    public void New_connections_of_a_source_are_limited_within_the_window_even_if_they_leave()
    {
        var admission = New(Wide with { NewPerSource = 2 });
        for (var i = 0; i < 2; i++)
        {
            Assert.Null(Admit(admission, One));
            admission.Leave(One, loggedIn: false);
        }

        Assert.Equal(ErrorCode.RateLimited, Admit(admission, One, Wide.SourceWindow - TimeSpan.FromTicks(1)));
        Assert.Null(Admit(admission, One, Wide.SourceWindow));
    }

    [Fact]
    public void What_is_still_connected_counts_in_the_next_window_too()
    {
        var admission = New(Wide with { MaxPerSource = 1, NewPerSource = 5 });
        Assert.Null(Admit(admission, One));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, One, 3 * Wide.SourceWindow));
        admission.Leave(One, loggedIn: false);
        Assert.Null(Admit(admission, One, 3 * Wide.SourceWindow));
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void A_source_is_an_address_or_the_64_of_an_ipv6_one(string first, string second, bool same)
    {
        var admission = New(Wide with { MaxPerSource = 1 });
        Assert.Null(Admit(admission, IPAddress.Parse(first)));
        Assert.Equal(same ? ErrorCode.TooMany : null, Admit(admission, IPAddress.Parse(second)));
        if (!same) admission.Leave(IPAddress.Parse(second), loggedIn: false);
        admission.Leave(IPAddress.Parse(first), loggedIn: false);
        Assert.Null(Admit(admission, IPAddress.Parse(second)));
    }

    [Theory]
    [InlineData(56, "2001:db8:1:200::1", "2001:db8:1:2ff::1", true)]
    [InlineData(56, "2001:db8:1:200::1", "2001:db8:1:300::1", false)]
    [InlineData(128, "2001:db8::1", "2001:db8::2", false)]
    [InlineData(16, "192.0.2.1", "192.0.2.2", false)]
    public void The_prefix_of_ipv6_is_a_setting_and_touches_no_ipv4(int prefix, string first, string second, bool same)
    {
        var admission = New(Wide with { MaxPerSource = 1, Ipv6Prefix = prefix });
        Assert.Null(Admit(admission, IPAddress.Parse(first)));
        Assert.Equal(same ? ErrorCode.TooMany : null, Admit(admission, IPAddress.Parse(second)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.3.2.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData(null)]
    public void Who_is_exempt_or_has_no_address_is_held_to_no_limit_by_source(string? address)
    {
        var admission = new Admission(
            Wide with { MaxPerSource = 1, NewPerSource = 1, MaxSources = 1, EarlyDrop = new EarlyDropSettings(1, 100) }, new FixedRandom());
        var peer = address is null ? null : IPAddress.Parse(address);
        for (var i = 0; i < 100; i++) admission.Fault(peer, Fault.Violation, Start);
        for (var i = 0; i < 10; i++) Assert.Null(Admit(admission, peer));
        Assert.Equal((0, 0), admission.Sources);
        Assert.Equal((10, 10), (admission.Live, admission.BeforeLogin));
        for (var i = 0; i < 10; i++) admission.Leave(peer, loggedIn: false);
        Assert.Equal((0, 0), (admission.Live, admission.BeforeLogin));
    }

    [Fact]
    public void Who_is_exempt_or_has_no_address_is_held_to_the_limits_of_the_node()
    {
        var admission = New(Wide with { MaxConnections = 2, MaxBeforeLogin = 1 });
        Assert.Null(Admit(admission, IPAddress.Loopback));
        Assert.Equal("max-before-login", admission.Admit(null, Start)?.Reason);
        admission.LoggedIn();
        Assert.Null(Admit(admission, null));
        Assert.Equal("max-connections", admission.Admit(IPAddress.Loopback, Start)?.Reason);
    }

    [Fact]
    public void A_load_test_connects_fifteen_thousand_clients_of_this_machine_at_once()
    {
        var file = Path.Combine(Path.GetDirectoryName(ConfigLoader.ReferenceFile)!, "load.hocon");
        var settings = ServerSettings.From(ConfigLoader.Load(new ConfigSources([file], null, []), []).Effective).Admission;
        var admission = new Admission(settings, new FixedRandom());
        for (var i = 0; i < 15_000; i++) Assert.Null(Admit(admission, IPAddress.Loopback));
        Assert.Equal("max-connections", admission.Admit(IPAddress.Loopback, Start)?.Reason);
    }

    [Fact]
    public void With_nobody_exempt_two_addresses_of_loopback_are_two_sources()
    {
        var admission = New(Wide with { MaxPerSource = 1, Exempt = NetworkList.None });
        Assert.Null(Admit(admission, IPAddress.Parse("127.0.0.1")));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, IPAddress.Parse("::ffff:127.0.0.1")));
        Assert.Null(Admit(admission, IPAddress.Parse("127.0.0.2")));
    }

    [Fact]
    public void A_full_table_of_sources_refuses_nobody_and_stays_bounded()
    {
        var admission = New(Wide with { MaxSources = 16, MaxPerSource = 1 });
        Assert.Null(Admit(admission, One));
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Null(Admit(admission, TestAdmission.Address(i)));
            Assert.InRange(admission.Sources.Counted, 1, 18);
            admission.Leave(TestAdmission.Address(i), loggedIn: false);
        }

        Assert.Equal("max-per-source", admission.Admit(One, Start)?.Reason);
        Assert.InRange(admission.Sources.Counted, 1, 17);
    }

    [Fact]
    public void Sources_that_have_left_are_forgotten_with_the_window()
    {
        var admission = New(Wide);
        for (var i = 0; i < 100; i++)
        {
            Assert.Null(Admit(admission, TestAdmission.Address(i)));
            admission.Leave(TestAdmission.Address(i), loggedIn: true);
        }

        Assert.Equal(100, admission.Sources.Counted);
        Assert.Null(Admit(admission, One, Wide.SourceWindow));
        Assert.Equal(1, admission.Sources.Counted);
        admission.Leave(One, loggedIn: false);
        Assert.Null(Admit(admission, Two, 2 * Wide.SourceWindow));
        Assert.Equal(1, admission.Sources.Counted);
    }

    [Fact]
    public void Counts_come_back_to_nothing()
    {
        var admission = New(Wide with { MaxPerSource = 3 });
        var random = new Random(1);
        var live = new Queue<(IPAddress Address, bool LoggedIn)>();
        for (var i = 0; i < 1000; i++)
        {
            var address = IPAddress.Parse($"192.0.2.{random.Next(1, 20)}");
            if (Admit(admission, address, TimeSpan.FromSeconds(i)) is null)
            {
                live.Enqueue((address, random.Next(2) == 0));
                if (live.Last().LoggedIn) admission.LoggedIn();
            }

            if (random.Next(2) == 0 && live.TryDequeue(out var leaving)) admission.Leave(leaving.Address, leaving.LoggedIn);
            Assert.Equal(live.Count, admission.Live);
            Assert.Equal(live.Count(l => !l.LoggedIn), admission.BeforeLogin);
        }
    }
}
