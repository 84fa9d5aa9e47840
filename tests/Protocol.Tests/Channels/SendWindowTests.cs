using ActorNet.Protocol.Channels;

namespace ActorNet.Protocol.Tests.Channels;

public sealed class SendWindowTests
{
    [Fact]
    public void Grants_add_up_and_what_is_sent_is_taken_off()
    {
        var window = new SendWindow(1, 10);
        window.Spend(10);
        window.Grow(3);
        window.Grow(4);

        Assert.Equal(7, window.Available);
    }

    [Fact]
    public void The_largest_window_passes_and_one_byte_more_is_a_violation()
    {
        Assert.Equal(int.MaxValue, new SendWindow(1, ProtocolLimits.MaxWindow).Available);
        Assert.Throws<ProtocolViolationException>(() => new SendWindow(1, ProtocolLimits.MaxWindow + 1));

        var window = new SendWindow(9, 1);
        window.Grow(ProtocolLimits.MaxWindow - 1);
        var violation = Assert.Throws<ProtocolViolationException>(() => window.Grow(1));

        Assert.Equal("The window of channel 9 would be 2147483648 bytes; the limit is 2147483647.", violation.Message);
        Assert.Throws<ProtocolViolationException>(() => window.Grow(uint.MaxValue));
        Assert.Equal(int.MaxValue, window.Available);
    }

    [Fact]
    public void More_than_is_available_or_less_than_nothing_cannot_be_spent()
    {
        var window = new SendWindow(1, 10);

        Assert.Throws<ArgumentOutOfRangeException>(() => window.Spend(11));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Spend(-1));
        Assert.Equal(10, window.Available);
    }
}
