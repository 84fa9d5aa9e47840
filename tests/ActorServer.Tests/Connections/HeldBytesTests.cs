using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class HeldBytesTests
{
    private readonly HeldBytes _held = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bytes_come_out_in_their_order_whatever_the_pieces(int seed)
    {
        var random = new Random(seed);
        var given = new List<byte>();
        var taken = new List<ReadOnlyMemory<byte>>();
        for (var i = 0; i < 2000; i++)
        {
            var piece = new byte[random.Next(10) == 0 ? random.Next(20_000) : random.Next(100)];
            random.NextBytes(piece);
            _held.Add(piece);
            given.AddRange(piece);
            while (random.Next(3) > 0 && _held.Count > 0) taken.Add(_held.Take(random.Next(1, 3000)));
        }

        while (_held.Count > 0) taken.Add(_held.Take(int.MaxValue));
        // Looked at only now: what was taken must not change by what is added later.
        Assert.True(given.SequenceEqual(taken.SelectMany(t => t.ToArray())));
    }

    [Fact]
    public void It_keeps_nothing_of_what_it_was_given()
    {
        var piece = new byte[] { 1, 2, 3 };
        _held.Add(piece);
        piece[0] = 9;
        Assert.Equal([1, 2, 3], _held.Take(3).ToArray());
    }

    [Fact]
    public void Something_is_taken_as_long_as_something_is_held()
    {
        _held.Add(new byte[5000]);
        var count = 0;
        for (; _held.Count > 0; count++) Assert.False(_held.Take(1).IsEmpty);
        Assert.Equal(5000, count);
        Assert.True(_held.Take(1).IsEmpty);
    }
}
