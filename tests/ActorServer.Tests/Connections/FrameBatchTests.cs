using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class FrameBatchTests
{
    private readonly FrameBatch _batch = new();

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5000)]
    public void What_is_taken_is_what_was_added_in_its_order_and_stays_so(int count)
    {
        var frames = Enumerable.Range(1, count).Select(i => new Frame(FrameType.Eof, (uint)i, default)).ToArray();
        foreach (var frame in frames) _batch.Add(frame);
        var taken = _batch.Take();
        _batch.Add(new Frame(FrameType.Ping, 0, default));
        Assert.Equal(frames, taken);
        Assert.Equal(1, _batch.Count);
        Assert.Equal(FrameType.Ping, Assert.Single(_batch.Take()).Type);
    }

    [Fact]
    public void Of_nothing_nothing_is_taken() => Assert.Empty(_batch.Take());
}
