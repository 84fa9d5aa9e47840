using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class PushQueueTests
{
    [Fact]
    public void A_new_queue_is_empty()
    {
        var queue = new PushQueue(100);

        Assert.True(queue.IsEmpty);
        Assert.Equal((0, 0, 0L), (queue.Count, queue.Bytes, queue.Taken));
        Assert.False(queue.TryTake(int.MaxValue, out _));
    }

    [Fact]
    public void It_fills_to_its_limit_and_not_a_byte_further()
    {
        var queue = new PushQueue(100);

        Assert.True(queue.TryAdd(new byte[60]));
        Assert.False(queue.TryAdd(new byte[41]));
        Assert.True(queue.TryAdd(new byte[40]));
        Assert.False(queue.TryAdd(new byte[1]));
        Assert.Equal((2, 100), (queue.Count, queue.Bytes));
    }

    [Fact]
    public void The_first_is_taken_when_the_credit_covers_it()
    {
        var queue = new PushQueue(100);
        queue.TryAdd(new byte[] { 1, 2, 3 });
        queue.TryAdd(new byte[] { 4 });

        Assert.False(queue.TryTake(2, out _));
        Assert.True(queue.TryTake(3, out var frame));

        Assert.Equal(FrameType.Message, frame.Type);
        Assert.Equal([1, 2, 3], frame.Payload.ToArray());
        Assert.Equal((1, 1, 1L), (queue.Count, queue.Bytes, queue.Taken));
    }

    [Fact]
    public void A_small_one_does_not_overtake_a_large_one()
    {
        var queue = new PushQueue(100);
        queue.TryAdd(new byte[50]);
        queue.TryAdd(new byte[1]);

        Assert.False(queue.TryTake(49, out _));
    }

    [Fact]
    public void A_control_frame_keeps_its_place_and_costs_nothing()
    {
        var queue = new PushQueue(10);
        queue.TryAdd(new byte[10]);
        queue.AddControl(new Frame(FrameType.Eof, 7, default));

        Assert.Equal((2, 10), (queue.Count, queue.Bytes));
        Assert.True(queue.TryTake(10, out _));
        Assert.True(queue.TryTake(0, out var eof));
        Assert.Equal(FrameType.Eof, eof.Type);
    }

    [Fact]
    public void What_was_taken_makes_room_for_more()
    {
        var queue = new PushQueue(10);
        queue.TryAdd(new byte[10]);
        queue.TryTake(10, out _);

        Assert.True(queue.TryAdd(new byte[10]));
    }

    [Fact]
    public void Clear_drops_everything()
    {
        var queue = new PushQueue(10);
        queue.TryAdd(new byte[10]);

        queue.Clear();

        Assert.True(queue.IsEmpty);
        Assert.Equal(0, queue.Bytes);
        Assert.True(queue.TryAdd(new byte[10]));
    }
}
