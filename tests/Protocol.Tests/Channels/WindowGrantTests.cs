using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Tests.Channels;

public sealed class WindowGrantTests
{
    [Theory]
    [InlineData(1u)]
    [InlineData(0x01020304u)]
    [InlineData(uint.MaxValue)]
    public void A_grant_is_read_as_it_was_written(uint bytes)
    {
        var frame = WindowGrant.ToFrame(5, bytes);

        Assert.Equal((FrameType.Window, 5u), (frame.Type, frame.Channel));
        Assert.Equal(bytes, WindowGrant.Parse(frame));
    }

    [Theory]
    [InlineData("")]
    [InlineData("000001")]
    [InlineData("0000000001")]
    [InlineData("00000000")]
    public void Anything_but_four_bytes_that_grant_something_is_a_violation(string payload) =>
        Assert.Throws<ProtocolViolationException>(
            () => WindowGrant.Parse(new Frame(FrameType.Window, 1, Convert.FromHexString(payload))));
}
