using ActorNet.Protocol.Chat;
using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class MemberTableTests
{
    private readonly MemberTable<int> _table = new();

    [Fact]
    public void A_member_is_one_once()
    {
        Assert.True(_table.TryAdd(1, Member(1)));
        Assert.False(_table.TryAdd(1, Member(2)));

        Assert.True(_table.Contains(1));
        Assert.True(_table.TryGet(1, out var member));
        Assert.Equal(Member(1), member);
        Assert.Equal(1, _table.Count);
    }

    [Fact]
    public void Who_is_removed_is_gone_and_may_come_again_at_the_end()
    {
        Add(1, 2);

        Assert.True(_table.TryRemove(1, out var member));
        Assert.Equal(Member(1), member);
        Assert.False(_table.Contains(1));
        Assert.False(_table.TryGet(1, out _));
        Assert.False(_table.TryRemove(1, out _));

        Add(1);
        Assert.Equal([2, 1], _table.Keys);
    }

    [Fact]
    public void Keys_come_in_the_order_of_coming()
    {
        Add(5, 3, 9);

        Assert.Equal([5, 3, 9], _table.Keys);
    }

    [Fact]
    public void An_empty_table_has_one_empty_page()
    {
        var page = _table.Page(0, 10);

        Assert.Empty(page.Members);
        Assert.Null(page.Next);
    }

    [Theory]
    [InlineData(9, 1)]
    [InlineData(10, 1)]
    [InlineData(11, 2)]
    [InlineData(20, 2)]
    [InlineData(21, 3)]
    public void Pages_hold_everybody_once_and_the_last_has_no_next(int members, int pages)
    {
        Add([.. Enumerable.Range(1, members)]);

        var read = Pages(10);

        Assert.Equal(pages, read.Count);
        Assert.Equal(Enumerable.Range(1, members).Select(Member), read.SelectMany(p => p.Members));
    }

    [Fact]
    public void Who_stays_is_seen_exactly_once_while_others_come_and_go_between_pages()
    {
        Add([.. Enumerable.Range(1, 100)]);

        var first = _table.Page(0, 50);
        for (var key = 1; key <= 100; key += 2) _table.TryRemove(key, out _);
        Add(101, 1);
        var second = _table.Page(first.Next!.Value, 100);

        Assert.Null(second.Next);
        Assert.Equal(
            Enumerable.Range(51, 50).Where(k => k % 2 == 0).Append(101).Append(1).Select(Member), second.Members);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_000_000)]
    [InlineData(long.MaxValue)]
    public void A_place_that_is_nobodys_reads_on_from_there(long after)
    {
        Add(1, 2);

        Assert.Equal(after == 0 ? 2 : 0, _table.Page(after, 10).Members.Length);
    }

    [Fact]
    public void Any_order_of_coming_and_going_gives_the_same_as_a_plain_list()
    {
        var random = new Random(20_460);
        var plain = new List<int>();
        for (var step = 0; step < 20_000; step++)
        {
            var key = random.Next(300);
            if (random.Next(2) == 0)
            {
                Assert.Equal(plain.Remove(key), _table.TryRemove(key, out _));
            }
            else if (_table.TryAdd(key, Member(key)))
            {
                plain.Add(key);
            }
        }

        Assert.Equal(plain, _table.Keys);
        Assert.Equal(plain.Count, _table.Count);
        Assert.Equal(plain.Select(Member), Pages(7).SelectMany(p => p.Members));
        Assert.All(plain, key => Assert.True(_table.TryGet(key, out _)));
    }

    private static ChatMember Member(int key) => new($"account{key}", $"name {key}");

    private void Add(params int[] keys) => Assert.All(keys, key => Assert.True(_table.TryAdd(key, Member(key))));

    private List<MemberPage> Pages(int size)
    {
        var pages = new List<MemberPage> { _table.Page(0, size) };
        while (pages[^1].Next is { } next) pages.Add(_table.Page(next, size));
        return pages;
    }
}
