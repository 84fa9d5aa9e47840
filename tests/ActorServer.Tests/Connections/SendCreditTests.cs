using ActorNet.Protocol;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class SendCreditTests
{
    [Fact]
    public void The_window_bounds_what_may_be_sent()
    {
        var credit = new SendCredit(1, 100, 1000);

        credit.Spend(60);

        Assert.Equal(40, credit.Available);
        Assert.Equal(40, credit.AvailableForMessage);
        credit.Grow(10);
        Assert.Equal(50, credit.Available);
    }

    [Fact]
    public void More_than_the_window_cannot_be_spent()
    {
        var credit = new SendCredit(1, 100, 1000);

        Assert.Throws<ArgumentOutOfRangeException>(() => credit.Spend(101));
        credit.Spend(100);
        Assert.Equal(0, credit.Available);
    }

    [Fact]
    public void A_window_above_what_the_protocol_allows_is_a_violation()
    {
        var credit = new SendCredit(1, ProtocolLimits.MaxWindow, 1000);

        var violation = Assert.Throws<ProtocolViolationException>(() => credit.Grow(1));

        Assert.Equal(ErrorCode.ProtocolViolation, violation.Code);
        Assert.Throws<ProtocolViolationException>(() => new SendCredit(1, ProtocolLimits.MaxWindow + 1, 1000));
    }

    [Fact]
    public void What_the_socket_has_not_taken_bounds_what_may_be_sent()
    {
        var credit = new SendCredit(1, 10_000, 1000);

        credit.Spend(900);

        Assert.Equal(900, credit.Unflushed);
        Assert.Equal(100, credit.Available);
    }

    [Fact]
    public void A_message_passes_whole_until_the_limit_is_reached()
    {
        var credit = new SendCredit(1, 10_000, 1000);

        credit.Spend(999);
        Assert.Equal(9001, credit.AvailableForMessage);
        credit.Spend(5000);

        Assert.Equal(0, credit.AvailableForMessage);
        Assert.Equal(0, credit.Available);
    }

    [Fact]
    public void A_marker_is_asked_for_from_a_quarter_of_the_limit_on()
    {
        var credit = new SendCredit(1, 10_000, 1000);

        credit.Spend(249);
        Assert.False(credit.TakeMarker());
        credit.Spend(1);
        Assert.True(credit.TakeMarker());
    }

    [Fact]
    public void Only_one_marker_is_out_at_a_time()
    {
        var credit = new SendCredit(1, 10_000, 1000);
        credit.Spend(500);

        Assert.True(credit.TakeMarker());
        credit.Spend(300);
        Assert.False(credit.TakeMarker());

        credit.Flushed();
        Assert.Equal(300, credit.Unflushed);
        Assert.True(credit.TakeMarker());
    }

    [Fact]
    public void A_flush_gives_back_what_was_sent_up_to_the_marker()
    {
        var credit = new SendCredit(1, 10_000, 1000);
        credit.Spend(600);
        credit.TakeMarker();
        credit.Spend(400);
        Assert.Equal(0, credit.Available);

        credit.Flushed();

        Assert.Equal(600, credit.Available);
    }
}
