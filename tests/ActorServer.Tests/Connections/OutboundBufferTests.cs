using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class OutboundBufferTests
{
    private readonly OutboundBuffer _buffer = new();
    private readonly Random _random = new(5);

    private static Frame Data(int size, int seed)
    {
        var bytes = new byte[size];
        new Random(seed).NextBytes(bytes);
        return new Frame(FrameType.Data, (uint)seed, bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_out_equal_frames_in_whatever_is_added_while_a_write_is_under_way(int seed)
    {
        var random = new Random(seed);
        var expected = new List<byte>();
        var written = new List<byte>();
        for (var i = 0; i < 2000; i++)
        {
            var size = random.Next(10) switch { < 6 => random.Next(1, 200), < 9 => random.Next(7_000, 10_000), _ => random.Next(1, 70_000) };
            var frame = Data(size, i);
            _buffer.Add(frame);
            expected.AddRange(FrameWriter.ToArray(frame));
            if (random.Next(i < 1000 ? 20 : 200) == 0) Write(expected, written);
        }

        while (_buffer.StartWrite() is { } rest)
        {
            written.AddRange(rest.SelectMany(s => s));
            _buffer.WriteEnded();
        }

        Assert.True(expected.SequenceEqual(written));
        Assert.Equal(expected.Count, _buffer.Added);
        Assert.Equal(_buffer.Added, _buffer.Flushed);
    }

    // The bytes are taken when the write ends: what is added meanwhile must not touch them.
    private void Write(List<byte> expected, List<byte> written)
    {
        var segments = _buffer.StartWrite()!;
        var later = Data(_random.Next(1, 300), 1);
        for (var i = 0; i < 30; i++)
        {
            _buffer.Add(later);
            expected.AddRange(FrameWriter.ToArray(later));
        }

        written.AddRange(segments.SelectMany(s => s).ToArray());
        _buffer.WriteEnded();
    }

    [Fact]
    public void A_large_payload_is_referenced_and_a_small_one_copied()
    {
        var large = Data(8 * 1024, 1);
        var small = Data(8 * 1024 - 1, 2);
        _buffer.Add(large);
        _buffer.Add(small);
        var segments = _buffer.StartWrite()!;
        Assert.Contains(segments, s => large.Payload.Equals(s.Array.AsMemory(s.Offset, s.Count)));
        Assert.DoesNotContain(segments, s => small.Payload.Equals(s.Array.AsMemory(s.Offset, s.Count)));
    }

    [Fact]
    public void Much_leaves_in_writes_that_a_slow_reader_can_take_in_time()
    {
        for (var i = 0; i < 100; i++) _buffer.Add(Data(64 * 1024, i));
        var largest = 0;
        for (var backlog = _buffer.Backlog; _buffer.StartWrite() is { } segments; backlog = _buffer.Backlog)
        {
            var size = segments.Sum(s => s.Count);
            largest = Math.Max(largest, size);
            Assert.Equal(backlog, _buffer.Backlog);
            _buffer.WriteEnded();
            Assert.Equal(backlog - size, _buffer.Backlog);
        }

        Assert.Equal(0, _buffer.Backlog);
        Assert.InRange(largest, 256 * 1024, 256 * 1024 + 64 * 1024 + Frame.HeaderSize);
    }

    [Fact]
    public void Many_small_frames_leave_in_one_segment()
    {
        for (var i = 0; i < 100; i++) _buffer.Add(Data(20, i));
        Assert.Single(_buffer.StartWrite()!);
    }

    [Fact]
    public void There_is_one_write_at_a_time_and_none_of_nothing()
    {
        Assert.Null(_buffer.StartWrite());
        _buffer.Add(Data(1, 1));
        Assert.NotNull(_buffer.StartWrite());
        Assert.True(_buffer.IsWriting);
        _buffer.Add(Data(1, 2));
        Assert.Null(_buffer.StartWrite());
        _buffer.WriteEnded();
        Assert.False(_buffer.IsWriting);
        Assert.NotNull(_buffer.StartWrite());
    }

    [Fact]
    public void The_backlog_is_what_was_added_and_not_taken()
    {
        _buffer.Add(Data(100, 1));
        _buffer.StartWrite();
        _buffer.Add(Data(200, 2));
        Assert.Equal(300 + 2 * Frame.HeaderSize, _buffer.Backlog);
        _buffer.WriteEnded();
        Assert.Equal(200 + Frame.HeaderSize, _buffer.Backlog);
    }

    [Fact]
    public void An_ack_too_many_counts_nothing_and_returns_no_block_again()
    {
        _buffer.Add(Data(100, 1));
        _buffer.StartWrite();
        _buffer.WriteEnded();
        var flushed = _buffer.Flushed;
        _buffer.WriteEnded();
        Assert.Equal(flushed, _buffer.Flushed);
        Assert.Equal(0, _buffer.Backlog);
        var others = new[] { new OutboundBuffer(), new OutboundBuffer() };
        foreach (var other in others) other.Add(Data(100, 2));
        Assert.NotSame(others[0].StartWrite()![0].Array, others[1].StartWrite()![0].Array);
    }

    [Fact]
    public void A_payload_over_the_limit_of_the_protocol_is_refused() =>
        Assert.Throws<ArgumentException>(() => _buffer.Add(Data(ProtocolLimits.MaxPayload + 1, 1)));

    [Fact]
    public void A_block_is_used_again_only_after_its_write_has_ended()
    {
        _buffer.Add(Data(100, 1));
        var block = _buffer.StartWrite()![0].Array!;
        var copy = block.AsSpan().ToArray();
        var other = new OutboundBuffer();
        for (var i = 0; i < 50; i++)
        {
            other.Add(Data(100, i));
            Assert.NotSame(block, other.StartWrite()![0].Array);
            other.WriteEnded();
        }

        Assert.Equal(copy, block);
    }
}
