using ActorNet.Server.Exec;
using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Tests.Exec;

public sealed class JobOutputTests
{
    private readonly JobOutput _output = new(OutputStream.Stdout);

    [Fact]
    public void A_busy_stream_gets_a_large_buffer_and_a_quiet_one_a_small_one()
    {
        Assert.Equal(JobOutput.SmallBuffer, ReadOnce(JobOutput.SmallBuffer));
        Assert.Equal(JobOutput.LargeBuffer, ReadOnce(JobOutput.LargeBuffer));
        Assert.Equal(JobOutput.LargeBuffer, ReadOnce(10));
        Assert.Equal(JobOutput.SmallBuffer, ReadOnce(10));
    }

    [Fact]
    public void A_few_bytes_do_not_keep_a_large_buffer_alive_and_are_not_overwritten_by_the_next_read()
    {
        ReadOnce(1, fill: 1);
        ReadOnce(1, fill: 2);

        var first = _output.Take(10);
        var second = _output.Take(10);

        Assert.Equal([1], first.ToArray());
        Assert.Equal([2], second.ToArray());
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(first, out var array));
        Assert.Single(array.Array!);
    }

    [Fact]
    public void Pieces_keep_their_order_however_little_is_taken()
    {
        ReadOnce(3, fill: 1);
        ReadOnce(3, fill: 2);

        var taken = new List<byte>();
        while (_output.Take(2) is { IsEmpty: false } piece) taken.AddRange(piece.Span);

        Assert.Equal([1, 1, 1, 2, 2, 2], taken);
        Assert.Equal(0, _output.Waiting);
    }

    [Fact]
    public void Nothing_read_is_the_end()
    {
        ReadOnce(0);

        Assert.True(_output.IsEnded);
    }

    private int ReadOnce(int count, byte fill = 0)
    {
        var buffer = _output.StartReading();
        Assert.True(_output.IsReading);
        buffer.Span[..count].Fill(fill);
        _output.Completed(count);
        return buffer.Length;
    }
}
