using ActorNet.Protocol.Frames;
using static ActorNet.Protocol.Tests.Support.Wire;

namespace ActorNet.Protocol.Tests.Frames;

public sealed class FrameReaderLimitTests
{
    [Theory]
    [InlineData(ProtocolLimits.MaxPayload)]
    [InlineData(ProtocolLimits.MaxPayloadBeforeLogin)]
    public void A_payload_at_the_limit_passes(int limit)
    {
        var bytes = FrameWriter.ToArray(new Frame(FrameType.Message, 1, new byte[limit]));

        Assert.Equal(limit, Assert.Single(Read([bytes], limit)).Payload.Length);
    }

    [Theory]
    [InlineData(ProtocolLimits.MaxPayload, "00040006")]
    [InlineData(ProtocolLimits.MaxPayloadBeforeLogin, "00002006")]
    [InlineData(ProtocolLimits.MaxPayload, "7fffffff")]
    [InlineData(ProtocolLimits.MaxPayload, "80000000")]
    [InlineData(ProtocolLimits.MaxPayload, "ffffffff")]
    [InlineData(ProtocolLimits.MaxPayload, "00000004")]
    [InlineData(ProtocolLimits.MaxPayload, "00000000")]
    [InlineData(0, "00000006")]
    public void A_length_outside_the_limits_throws_before_anything_after_it_arrives(int limit, string length)
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => new FrameReader(limit).Read(Hex(length), []));

        Assert.Equal(ErrorCode.ProtocolViolation, violation.Code);
        Assert.Contains(Convert.ToUInt32(length, 16).ToString(null, null), violation.Message, StringComparison.Ordinal);
        Assert.Contains($"{5 + limit}", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_in_network_byte_order_is_the_only_one() =>
        Assert.Throws<ProtocolViolationException>(() => Read(Hex("07000000 15 01000000 7b7d")));

    [Fact]
    public void The_limit_raised_at_the_login_holds_from_the_next_input_on()
    {
        var large = FrameWriter.ToArray(new Frame(FrameType.Message, 1, new byte[ProtocolLimits.MaxPayload]));
        var reader = new FrameReader(ProtocolLimits.MaxPayloadBeforeLogin);
        var frames = new List<Frame>();

        reader.Read(GoldenFrame.Of(FrameType.Auth).Bytes, frames);
        reader.MaxPayload = ProtocolLimits.MaxPayload;
        reader.Read(large, frames);

        Assert.Equal([FrameType.Auth, FrameType.Message], frames.Select(frame => frame.Type));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ProtocolLimits.MaxPayload + 1)]
    [InlineData(int.MaxValue)]
    public void A_limit_beyond_that_of_the_protocol_is_refused(int limit)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReader(limit));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameReader(1) { MaxPayload = limit });
    }

    [Fact]
    public void Every_type_byte_that_is_not_a_type_throws()
    {
        for (var type = 0; type <= byte.MaxValue; type++)
        {
            if (((FrameType)type).IsKnown()) continue;
            Assert.Throws<ProtocolViolationException>(() => Read(Hex($"00000007 {type:x2} 00000000 7b7d")));
            Assert.Throws<ProtocolViolationException>(() => Read(Hex($"00000007 {type:x2} 00000001 7b7d")));
        }
    }

    [Fact]
    public void A_frame_of_the_connection_has_channel_0_and_a_frame_of_a_channel_has_not()
    {
        foreach (var golden in GoldenFrame.All)
        {
            var bytes = golden.Bytes;
            bytes[8] = (byte)(golden.Channel == 0 ? 1 : 0);
            if (golden.Channel != 0) bytes.AsSpan(5, 4).Clear();
            var violation = Assert.Throws<ProtocolViolationException>(() => Read(bytes));
            Assert.Contains(golden.Type.ToWire(), violation.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(FrameType.Data, 0)]
    [InlineData(FrameType.ExtendedData, 0)]
    [InlineData(FrameType.Message, 0)]
    [InlineData(FrameType.Message, 1)]
    [InlineData(FrameType.Hello, 0)]
    [InlineData(FrameType.Close, 1)]
    [InlineData(FrameType.Eof, 1)]
    [InlineData(FrameType.Window, 3)]
    [InlineData(FrameType.Window, 5)]
    [InlineData(FrameType.Ping, ProtocolLimits.MaxPingPayload + 1)]
    [InlineData(FrameType.Pong, ProtocolLimits.MaxPingPayload + 1)]
    public void A_payload_its_type_does_not_allow_throws_before_it_arrives(FrameType type, int payload)
    {
        var header = FrameWriter.ToArray(new Frame(type, type.IsOfConnection() ? 0u : 1u, new byte[payload]))[..Frame.HeaderSize];

        Assert.Throws<ProtocolViolationException>(() => new FrameReader(ProtocolLimits.MaxPayload).Read(header, []));
    }

    [Theory]
    [InlineData(FrameType.Data, 1)]
    [InlineData(FrameType.Message, 2)]
    [InlineData(FrameType.Ping, 0)]
    [InlineData(FrameType.Pong, ProtocolLimits.MaxPingPayload)]
    public void A_payload_at_the_bounds_of_its_type_passes(FrameType type, int payload) =>
        Assert.Equal(
            payload,
            Assert.Single(Read(FrameWriter.ToArray(new Frame(type, type.IsOfConnection() ? 0u : 1u, new byte[payload])))).Payload.Length);

    [Fact]
    public void Memory_follows_what_has_come_and_not_what_was_declared()
    {
        var reader = new FrameReader(ProtocolLimits.MaxPayload);
        var start = Hex("00040005 15 00000001 7b 22 61 22 3a 22 61 61 61 61");
        var frames = new List<Frame>();
        reader.Read(Hex("00000007 15 00000001 7b7d"), frames); // everything is compiled and the list has its array

        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.Read(start, frames);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Single(frames);
        Assert.InRange(allocated, 1, 4_095);
    }

    [Fact]
    public void A_message_that_drips_in_is_assembled_in_a_few_growing_buffers()
    {
        var bytes = FrameWriter.ToArray(new Frame(FrameType.Message, 1, new byte[ProtocolLimits.MaxPayload]));
        var frames = new List<Frame>(1);
        var reader = new FrameReader(ProtocolLimits.MaxPayload);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < bytes.Length; i++)
            reader.Read(bytes.AsMemory(i, 1), frames);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(ProtocolLimits.MaxPayload, Assert.Single(frames).Payload.Length);
        Assert.InRange(allocated, ProtocolLimits.MaxPayload, 3 * ProtocolLimits.MaxPayload);
    }
}
