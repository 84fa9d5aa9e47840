using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Tests.Support;
using static ActorNet.Protocol.Tests.Support.Wire;

namespace ActorNet.Protocol.Tests.Frames;

public sealed class FrameReaderTests
{
    public static TheoryData<FrameType> Types => GoldenFrame.Types;

    [Theory]
    [MemberData(nameof(Types))]
    public void Bytes_become_the_frame(FrameType type)
    {
        var golden = GoldenFrame.Of(type);

        var frame = Assert.Single(Read(golden.Bytes));

        Assert.Equal(golden.Type, frame.Type);
        Assert.Equal(golden.Channel, frame.Channel);
        Assert.Equal(golden.Frame.Payload.ToArray(), frame.Payload.ToArray());
    }

    [Fact]
    public void There_is_a_golden_frame_of_every_type() =>
        Assert.Equal(Enum.GetValues<FrameType>(), GoldenFrame.All.Select(golden => golden.Type));

    [Fact]
    public void Any_two_cuts_give_the_same_frames()
    {
        var bytes = GoldenFrame.Conversation;
        var whole = Describe(Read(bytes));

        for (var first = 0; first <= bytes.Length; first++)
            for (var second = first; second <= bytes.Length; second++)
                Assert.Equal(whole, Describe(Read(bytes[..first], bytes[first..second], bytes[second..])));
    }

    [Fact]
    public void Byte_by_byte_gives_the_same_frames() =>
        Assert.Equal(Describe(Read(GoldenFrame.Conversation)), Describe(Read(Cut(GoldenFrame.Conversation, 1))));

    [Fact]
    public void Any_segments_give_the_same_frames()
    {
        var large = FrameWriter.ToArray(new Frame(FrameType.Message, 7, new byte[5_000]));
        var bytes = Concat(large, GoldenFrame.Conversation, large, large, GoldenFrame.Conversation);
        var whole = Describe(Read(bytes));

        Property.Holds(
            Property.Bytes, sizes => Assert.Equal(whole, Describe(Read(Cut(bytes, [.. sizes.Select(size => 7 * size), 1])))), 200);
    }

    [Fact]
    public void Pieces_of_data_joined_are_the_payload_whatever_the_segments()
    {
        var payload = new byte[1_000];
        new Random(1).NextBytes(payload);
        var bytes = FrameWriter.ToArray(new Frame(FrameType.ExtendedData, 3, payload));

        Property.Holds(Property.Bytes, sizes =>
        {
            var pieces = Read(Cut(bytes, [.. sizes.Select(size => (int)size), 1]));
            Assert.All(pieces, piece => Assert.Equal((FrameType.ExtendedData, 3u), (piece.Type, piece.Channel)));
            Assert.All(pieces, piece => Assert.False(piece.Payload.IsEmpty));
            Assert.Equal(payload, pieces.SelectMany(piece => piece.Payload.ToArray()));
        });
    }

    [Fact]
    public void A_piece_of_data_is_passed_on_before_the_frame_is_whole()
    {
        var frames = new List<Frame>();
        var reader = new FrameReader(ProtocolLimits.MaxPayload);

        reader.Read(Hex("00000100 13 00000001 6869"), frames);

        Assert.Equal("hi"u8.ToArray(), Assert.Single(frames).Payload.ToArray());
        Assert.False(reader.IsAtBoundary);
    }

    [Fact]
    public void A_message_is_passed_on_only_when_it_is_whole()
    {
        var frames = new List<Frame>();
        var reader = new FrameReader(ProtocolLimits.MaxPayload);

        reader.Read(Hex("00000007 15 00000001 7b"), frames);
        Assert.Empty(frames);
        reader.Read(Hex("7d"), frames);

        Assert.Equal("{}"u8.ToArray(), Assert.Single(frames).Payload.ToArray());
    }

    [Fact]
    public void A_payload_in_one_segment_is_not_copied()
    {
        var bytes = GoldenFrame.Of(FrameType.Message).Bytes;
        var frame = Assert.Single(Read(bytes));

        bytes[^1] = (byte)'!';

        Assert.Equal("{!"u8.ToArray(), frame.Payload.ToArray());
    }

    [Fact]
    public void An_assembled_payload_stays_as_it_was_when_the_next_one_is_assembled()
    {
        var bytes = Concat(Hex("00000007 15 00000001 6162"), Hex("00000007 15 00000001 6364"));

        var frames = Read(Cut(bytes, 1));

        Assert.Equal(["MESSAGE 1 6162", "MESSAGE 1 6364"], Describe(frames));
    }

    [Fact]
    public void Every_truncated_end_is_seen()
    {
        var bytes = GoldenFrame.Conversation;
        var ends = new HashSet<int> { 0 };
        foreach (var golden in GoldenFrame.All)
            ends.Add(ends.Max() + golden.Bytes.Length);

        for (var length = 0; length <= bytes.Length; length++)
        {
            var reader = new FrameReader(ProtocolLimits.MaxPayload);
            reader.Read(bytes.AsMemory(0, length), []);
            Assert.Equal(ends.Contains(length), reader.IsAtBoundary);
        }
    }

    [Fact]
    public void Frames_before_a_violation_are_passed_on()
    {
        var frames = new List<Frame>();
        var reader = new FrameReader(ProtocolLimits.MaxPayload);

        Assert.Throws<ProtocolViolationException>(
            () => reader.Read(Concat(GoldenFrame.Of(FrameType.Ping).Bytes, Hex("00000000")), frames));

        Assert.Equal(FrameType.Ping, Assert.Single(frames).Type);
    }
}
