using System.Buffers;
using ActorNet.Protocol.Frames;

namespace ActorNet.Protocol.Tests.Frames;

public sealed class FrameWriterTests
{
    public static TheoryData<FrameType> Types => GoldenFrame.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void The_frame_becomes_bytes(FrameType type)
    {
        var golden = GoldenFrame.Of(type);
        var output = new ArrayBufferWriter<byte>();

        FrameWriter.Write(output, golden.Frame);

        Assert.Equal(golden.Bytes, FrameWriter.ToArray(golden.Frame));
        Assert.Equal(golden.Bytes, output.WrittenSpan.ToArray());
        Assert.Equal(golden.Bytes.Length, golden.Frame.Size);
    }

    [Fact]
    public void A_payload_over_the_limit_is_refused()
    {
        Assert.Equal(9 + 262_144, FrameWriter.ToArray(new Frame(FrameType.Data, 1, new byte[262_144])).Length);
        Assert.Throws<ArgumentException>(() => FrameWriter.ToArray(new Frame(FrameType.Data, 1, new byte[262_145])));
    }

    [Fact]
    public void A_destination_that_is_too_short_is_refused_and_left_as_it_was()
    {
        var frame = GoldenFrame.Of(FrameType.Data).Frame;
        for (var length = 0; length < frame.Size; length++)
        {
            var destination = new byte[length];
            Assert.Throws<ArgumentException>("destination", () => FrameWriter.Write(destination, frame));
            Assert.All(destination, value => Assert.Equal(0, value));
        }
    }
}
