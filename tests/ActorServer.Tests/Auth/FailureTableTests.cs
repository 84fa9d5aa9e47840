using ActorNet.Server.Auth;

namespace ActorNet.Server.Tests.Auth;

public sealed class FailureTableTests
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly FailureTable _table = new(capacity: 3, Hour);

    private void Add(string key, int times, TimeSpan at = default)
    {
        for (var i = 0; i < times; i++) _table.Add(key, at);
    }

    private int Failures(string key, TimeSpan at = default) => _table.Find(key, at).Failures;

    [Fact]
    public void Failures_are_counted_by_key_and_the_last_one_is_remembered()
    {
        Add("a", 2);
        _table.Add("a", TimeSpan.FromSeconds(5));
        Assert.Equal((3, TimeSpan.FromSeconds(5)), _table.Find("a", TimeSpan.FromSeconds(6)));
        Assert.Equal(0, Failures("b"));
    }

    [Fact]
    public void They_are_forgotten_together_after_a_silence_and_not_a_moment_before()
    {
        Add("a", 3);
        Assert.Equal(3, Failures("a", Hour - TimeSpan.FromTicks(1)));
        Assert.Equal(0, Failures("a", Hour));
        Assert.Equal(0, _table.Count);
    }

    [Fact]
    public void A_failure_can_be_taken_back_and_all_be_forgotten()
    {
        Add("a", 2);
        _table.TakeBack("a");
        Assert.Equal(1, Failures("a"));
        _table.TakeBack("a");
        _table.TakeBack("a");
        Assert.Equal((0, 0), (Failures("a"), _table.Count));
        Add("b", 3);
        _table.Forget("b");
        Assert.Equal(0, Failures("b"));
    }

    [Fact]
    public void Many_names_do_not_make_it_forget_one()
    {
        Add("target", 5);
        for (var i = 0; i < 1000; i++) _table.Add($"other-{i}", default);
        Assert.True(Failures("target") >= 5, "the failures of one key were lost");
        Assert.Equal(3, _table.Count);
    }

    [Fact]
    public void Trying_in_turns_when_it_is_full_gains_nothing()
    {
        Add("a", 4);
        Add("b", 4);
        Add("c", 4);
        for (var i = 0; i < 10; i++)
        {
            Assert.True(Failures("target") >= 4 + i, "a name that gave way began anew");
            _table.Add("target", default);
            _table.Add($"other-{i}", default);
        }
    }

    [Fact]
    public void The_least_and_of_these_the_longest_silent_gives_way()
    {
        Add("b", 1, TimeSpan.FromSeconds(1));
        Add("a", 1, TimeSpan.FromSeconds(2));
        Add("c", 2, TimeSpan.FromSeconds(3));
        _table.Add("new", TimeSpan.FromSeconds(4));
        Assert.Equal((1, 2, 2), (Failures("a"), Failures("c"), Failures("new")));
        // Not remembered any more, and so counted as the least that is.
        Assert.Equal((1, TimeSpan.FromSeconds(2)), _table.Find("b", TimeSpan.FromSeconds(4)));
    }
}
