using System.Runtime.InteropServices;
using ActorNet.Server.Connections;
using Akka.IO;

namespace ActorNet.Server.Tests.Connections;

public sealed class AkkaBytesTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];

    [Fact]
    public void One_segment_is_seen_where_it_lies()
    {
        var memory = ByteString.FromBytes(Bytes, 10, 20).Memory();
        Assert.True(MemoryMarshal.TryGetArray(memory, out var segment));
        Assert.Same(Bytes, segment.Array);
        Assert.Equal((10, 20), (segment.Offset, segment.Count));
    }

    [Fact]
    public void Several_segments_are_joined() =>
        Assert.Equal(Bytes, (ByteString.FromBytes(Bytes, 0, 40) + ByteString.FromBytes(Bytes, 40, 60)).Memory().ToArray());

    [Fact]
    public void Nothing_is_nothing() => Assert.True(ByteString.Empty.Memory().IsEmpty);

    [Fact]
    public void What_was_seen_before_is_not_seen_again()
    {
        _ = ByteString.FromBytes(Bytes).Memory();
        Assert.True(ByteString.Empty.Memory().IsEmpty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_view_shows_the_segments_in_their_order(int count)
    {
        var segments = Enumerable.Range(0, count).Select(i => new ArraySegment<byte>(Bytes, i * 30, 30)).ToList();
        Assert.Equal(Bytes.Take(count * 30), AkkaBytes.View(segments).ToArray());
    }

    [Fact]
    public void A_view_of_one_segment_copies_nothing()
    {
        var view = AkkaBytes.View([new ArraySegment<byte>(Bytes, 5, 7)]);
        Assert.True(MemoryMarshal.TryGetArray(view.Memory(), out var segment));
        Assert.Same(Bytes, segment.Array);
    }
}
