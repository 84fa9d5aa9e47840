using ActorNet.Server.Exec;

namespace ActorNet.Server.Tests.Exec;

public sealed class InputQueueTests
{
    [Fact]
    public void Pieces_of_one_byte_do_not_hold_more_memory_than_a_few_segments()
    {
        var queue = new InputQueue();
        var read = new byte[64 * 1024];

        for (var i = 0; i < read.Length; i++) queue.Add(read.AsSpan(i, 1));

        Assert.InRange(queue.Capacity, read.Length, 2 * read.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4095)]
    [InlineData(4097)]
    [InlineData(200_000)]
    public void What_goes_in_comes_out_in_order_and_in_steps(int pieceSize)
    {
        var bytes = new byte[300_000];
        new Random(pieceSize).NextBytes(bytes);
        var queue = new InputQueue();
        var output = new MemoryStream();

        for (var i = 0; i < bytes.Length; i += pieceSize)
        {
            queue.Add(bytes.AsSpan(i, Math.Min(pieceSize, bytes.Length - i)));
            if (i % 7 == 0) Drain(1);
        }

        Drain(int.MaxValue);
        Assert.Equal(bytes, output.ToArray());
        Assert.Equal(0, queue.Capacity);

        void Drain(int count)
        {
            for (; count > 0 && !queue.IsEmpty; count--)
            {
                var segment = queue.Take();
                Assert.InRange(segment.Length, 1, InputQueue.LargestSegment);
                output.Write(segment.Span);
            }
        }
    }

    [Fact]
    public void A_segment_that_was_taken_is_not_written_to_any_more()
    {
        var queue = new InputQueue();
        queue.Add([1]);
        var taken = queue.Take();

        queue.Add([2]);

        Assert.Equal([1], taken.ToArray());
        Assert.Equal([2], queue.Take().ToArray());
    }
}
