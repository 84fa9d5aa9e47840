using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ActorNet.Protocol.Chat;

namespace ActorNet.Server.Chat;

/// <summary>
/// Members of one room in the order they came, which is the order of <c>who</c>: whoever stays keeps the place,
/// newcomers go to the end. Coming and going cost O(1) on average, a page O(log n + page), a walk over all one array. A
/// leaver leaves a hole; when there are more holes than members they are closed. Not thread-safe.
/// </summary>
public sealed class MemberTable<TKey> where TKey : notnull
{
    private const int FewHoles = 16;

    private readonly Dictionary<TKey, long> _places = [];
    private readonly List<Entry> _entries = [];
    private long _lastPlace;

    /// <summary>How many members there are.</summary>
    public int Count => _places.Count;

    /// <summary>The keys of all, in order. The table must not change during the walk.</summary>
    public IEnumerable<TKey> Keys
    {
        get
        {
            foreach (var entry in _entries)
            {
                if (entry.Member is not null) yield return entry.Key;
            }
        }
    }

    /// <summary>Whether <paramref name="key"/> is a member.</summary>
    public bool Contains(TKey key) => _places.ContainsKey(key);

    /// <summary>The member with this key.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out ChatMember? member)
    {
        member = _places.TryGetValue(key, out var place) ? _entries[IndexOf(place)].Member : null;
        return member is not null;
    }

    /// <summary>Adds a member at the end; false if the key is one already.</summary>
    public bool TryAdd(TKey key, ChatMember member)
    {
        if (!_places.TryAdd(key, _lastPlace + 1)) return false;
        _entries.Add(new Entry(++_lastPlace, key, member));
        return true;
    }

    /// <summary>Removes a member.</summary>
    public bool TryRemove(TKey key, [NotNullWhen(true)] out ChatMember? member)
    {
        member = null;
        if (!_places.Remove(key, out var place)) return false;
        var index = IndexOf(place);
        member = _entries[index].Member!;
        _entries[index] = new Entry(place, default!, null);
        var holes = _entries.Count - Count;
        if (holes > FewHoles && holes > Count) _entries.RemoveAll(e => e.Member is null);
        return true;
    }

    /// <summary>
    /// Up to <paramref name="size"/> members after the place <paramref name="after"/> (0: from the start), and the
    /// place to go on after.
    /// </summary>
    public MemberPage Page(long after, int size)
    {
        var page = ImmutableArray.CreateBuilder<ChatMember>(Math.Min(size, Count));
        long last = 0;
        for (var i = IndexAfter(after); i < _entries.Count; i++)
        {
            if (_entries[i].Member is not { } member) continue;
            if (page.Count == size) return new MemberPage(page.ToImmutable(), last);
            page.Add(member);
            last = _entries[i].Place;
        }

        return new MemberPage(page.ToImmutable(), null);
    }

    private int IndexOf(long place) => IndexAfter(place - 1);

    // First entry with a place above the given one; the list is sorted by place because places only grow.
    private int IndexAfter(long place)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_entries[middle].Place <= place) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private readonly record struct Entry(long Place, TKey Key, ChatMember? Member);
}

/// <summary>A page of <see cref="MemberTable{TKey}"/>.</summary>
/// <param name="Members">In order.</param>
/// <param name="Next">The place to go on after; null on the last page.</param>
public sealed record MemberPage(ImmutableArray<ChatMember> Members, long? Next);
