using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Listening;

public sealed class AdmissionTests
{
    private static readonly AdmissionSettings Wide = new(
        MaxConnections: 1000, MaxBeforeLogin: 1000, MaxPerSource: 1000, NewPerSource: 1000,
        SourceWindow: TimeSpan.FromSeconds(10), MaxSources: 1000, MaxRefusals: 10);

    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    private static ErrorCode? Admit(Admission admission, IPAddress address, TimeSpan after = default) =>
        admission.Admit(address, Start + after)?.Code;

    [Fact]
    public void One_more_than_the_connections_allowed_is_refused_until_one_leaves()
    {
        var admission = new Admission(Wide with { MaxConnections = 2 });
        Assert.Null(Admit(admission, One));
        Assert.Null(Admit(admission, IPAddress.Loopback));
        Assert.Equal(ErrorCode.TooMany, Admit(admission, IPAddress.Loopback));
        admission.Leave(One, loggedIn: false);
        Assert.Null(Admit(admission, IPAddress.Loopback));
    }

    [Fact]
    public void One_more_than_may_wait_for_their_login_is_refused_until_one_logs_in_or_leaves()
    {
        var admission = new Admission(Wide with { MaxBeforeLogin = 1 });
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
        var admission = new Admission(Wide with { MaxPerSource = 2 });
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
        var admission = new Admission(Wide with { NewPerSource = 2 });
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
        var admission = new Admission(Wide with { MaxPerSource = 1, NewPerSource = 5 });
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
        var admission = new Admission(Wide with { MaxPerSource = 1 });
        Assert.Null(Admit(admission, IPAddress.Parse(first)));
        Assert.Equal(same ? ErrorCode.TooMany : null, Admit(admission, IPAddress.Parse(second)));
        if (!same) admission.Leave(IPAddress.Parse(second), loggedIn: false);
        admission.Leave(IPAddress.Parse(first), loggedIn: false);
        Assert.Null(Admit(admission, IPAddress.Parse(second)));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.3.2.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    public void Loopback_is_exempt_from_the_limits_by_source(string address)
    {
        var admission = new Admission(Wide with { MaxPerSource = 1, NewPerSource = 1, MaxSources = 1 });
        for (var i = 0; i < 10; i++) Assert.Null(Admit(admission, IPAddress.Parse(address)));
        for (var i = 0; i < 10; i++) admission.Leave(IPAddress.Parse(address), loggedIn: false);
        Assert.Equal((0, 0), (admission.Live, admission.BeforeLogin));
    }

    [Fact]
    public void The_table_of_sources_is_bounded_and_empties_with_the_window()
    {
        var admission = new Admission(Wide with { MaxSources = 1 });
        Assert.Null(Admit(admission, One));
        Assert.Equal(ErrorCode.Unavailable, Admit(admission, Two));
        admission.Leave(One, loggedIn: false);
        Assert.Equal(ErrorCode.Unavailable, Admit(admission, Two));
        Assert.Null(Admit(admission, Two, Wide.SourceWindow));
        Assert.Equal(ErrorCode.Unavailable, Admit(admission, One, 2 * Wide.SourceWindow));
    }

    [Fact]
    public void Counts_come_back_to_nothing()
    {
        var admission = new Admission(Wide with { MaxPerSource = 3 });
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
