using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class TokenBucketTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void A_burst_passes_and_one_more_does_not()
    {
        var bucket = new TokenBucket(10, 3, _time);

        Assert.Equal([true, true, true, false], Take(bucket, 4));
    }

    [Fact]
    public void A_token_comes_back_when_its_time_has_come_and_not_a_tick_earlier()
    {
        var bucket = new TokenBucket(10, 1, _time);
        Take(bucket, 1);

        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.False(bucket.TryTake());
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(bucket.TryTake());
        Assert.False(bucket.TryTake());
    }

    [Fact]
    public void Waiting_long_gives_no_more_than_the_burst()
    {
        var bucket = new TokenBucket(10, 2, _time);

        _time.Advance(TimeSpan.FromDays(1));

        Assert.Equal([true, true, false], Take(bucket, 3));
    }

    private static IEnumerable<bool> Take(TokenBucket bucket, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => bucket.TryTake())];
}
