using System.Net;
using ActorNet.Protocol;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Listening;

/// <summary>Penalties and the lot, through <see cref="Admission"/>.</summary>
public sealed class AdmissionBrakesTests
{
    private static readonly AdmissionSettings Wide = TestAdmission.Wide;
    private static readonly TimeSpan Start = TimeSpan.FromHours(1);
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress Two = IPAddress.Parse("192.0.2.2");

    private static Admission New(AdmissionSettings settings) => new(settings, Random.Shared);

    private static ErrorCode? Admit(Admission admission, IPAddress? address, TimeSpan after = default) =>
        admission.Admit(address, Start + after)?.Code;

    private static (ErrorCode?, string?) Refused(Admission admission) =>
        admission.Admit(One, Start) is { } refusal ? (refusal.Code, refusal.Reason) : (null, null);

    [Fact]
    public void A_source_with_a_penalty_is_told_for_how_long_and_others_are_not_touched()
    {
        var admission = New(Wide);
        for (var i = 0; i < 3; i++) admission.Fault(One, Fault.FailedLogin, Start);
        Assert.Null(Admit(admission, One));
        admission.Fault(One, Fault.FailedLogin, Start);
        Assert.Equal(
            new Refusal(
                ErrorCode.RateLimited, "penalties",
                "too many logins from 192.0.2.1 failed or came to nothing (actornet.admission.penalties); try again in 20 s"),
            admission.Admit(One, Start));
        Assert.EndsWith("in 1 s", admission.Admit(One, Start + TimeSpan.FromSeconds(19.1))!.Message, StringComparison.Ordinal);
        Assert.Null(Admit(admission, Two));
        Assert.Null(Admit(admission, One, TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public void Addresses_of_one_ipv6_network_share_their_penalty()
    {
        var admission = New(Wide);
        for (var i = 0; i < 4; i++) admission.Fault(IPAddress.Parse($"2001:db8:1:2::{i}"), Fault.FailedLogin, Start);
        Assert.Equal("penalties", admission.Admit(IPAddress.Parse("2001:db8:1:2:9::"), Start)?.Reason);
        Assert.Null(admission.Admit(IPAddress.Parse("2001:db8:1:3::1"), Start));
    }

    [Fact]
    public void A_source_with_a_penalty_hears_of_it_even_when_the_node_is_full()
    {
        var admission = New(Wide with { MaxConnections = 1 });
        for (var i = 0; i < 2; i++) admission.Fault(One, Fault.Violation, Start);
        Assert.Null(Admit(admission, Two));
        Assert.Equal("penalties", admission.Admit(One, Start)?.Reason);
        Assert.Equal("max-connections", admission.Admit(Two, Start)?.Reason);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 0.30)]
    [InlineData(150, 0.475)]
    [InlineData(200, 0.65)]
    [InlineData(299, 0.9965)]
    [InlineData(300, 1)]
    [InlineData(301, 1)]
    public void The_chance_to_be_turned_away_grows_in_a_line_from_the_rate_at_the_start_to_all(int beforeLogin, double expected) =>
        Assert.Equal(expected, new EarlyDropSettings(Start: 100, Rate: 30).Chance(beforeLogin, full: 300), precision: 10);

    [Theory]
    [InlineData(299, 0)]
    [InlineData(300, 1)]
    public void A_start_at_the_limit_or_above_is_no_lot(int beforeLogin, double expected)
    {
        Assert.Equal(expected, new EarlyDropSettings(Start: 300, Rate: 30).Chance(beforeLogin, full: 300));
        Assert.Equal(expected, new EarlyDropSettings(Start: 1000, Rate: 30).Chance(beforeLogin, full: 300));
    }

    [Fact]
    public void Newcomers_are_turned_away_by_lot_while_many_wait_for_their_login()
    {
        var random = new FixedRandom { Drawn = 0 };
        var admission = new Admission(Wide with { MaxBeforeLogin = 10, EarlyDrop = new EarlyDropSettings(Start: 6, Rate: 20) }, random);
        for (var i = 0; i < 6; i++) Assert.Null(Admit(admission, One));

        random.Drawn = 0.199;
        Assert.Equal((ErrorCode.TooMany, "early-drop"), Refused(admission));
        random.Drawn = 0.2;
        Assert.Null(Admit(admission, One));

        random.Drawn = 0.399;
        Assert.Equal((ErrorCode.TooMany, "early-drop"), Refused(admission));
        random.Drawn = 0.9999;
        for (var i = 0; i < 3; i++) Assert.Null(Admit(admission, One));
        Assert.Equal((ErrorCode.TooMany, "max-before-login"), Refused(admission));

        random.Drawn = 0;
        for (var i = 0; i < 5; i++) admission.LoggedIn();
        Assert.Null(Admit(admission, One));
    }
}
