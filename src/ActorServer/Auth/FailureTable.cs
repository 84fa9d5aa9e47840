namespace ActorNet.Server.Auth;

/// <summary>
/// Failures by key, in bounded memory, never fewer than there were. When it is full, the key with the fewest gives way, of these the one
/// that was silent for longest, and the newcomer takes over its count ("space-saving": Metwally, Agrawal, El Abbadi, 2005). So nobody makes
/// the node forget an account by trying many others: as long as they are remembered, unknown names count as the least of them.
/// Times are of one monotonic clock. Not thread-safe.
/// </summary>
internal sealed class FailureTable(int capacity, TimeSpan forgetAfter)
{
    private readonly Dictionary<string, Entry> _byKey = new(StringComparer.Ordinal);
    private readonly SortedSet<Entry> _byCount = new(Comparer<Entry>.Create(
        (a, b) => a.Failures != b.Failures ? a.Failures.CompareTo(b.Failures) : a.Order.CompareTo(b.Order)));

    // The longest silent first.
    private readonly LinkedList<Entry> _byAge = new();
    private long _order;

    /// <summary>How many keys are remembered.</summary>
    public int Count => _byKey.Count;

    /// <summary>The failures of <paramref name="key"/> and when the last one was.</summary>
    public (int Failures, TimeSpan Last) Find(string key, TimeSpan now)
    {
        ForgetOld(now);
        if (_byKey.TryGetValue(key, out var entry)) return (entry.Failures, entry.Last);
        return _byKey.Count < capacity ? (0, now) : (_byCount.Min!.Failures, _byCount.Min.Last);
    }

    /// <summary>One failure more.</summary>
    public void Add(string key, TimeSpan now)
    {
        var (failures, _) = Find(key, now);
        if (_byKey.TryGetValue(key, out var known)) Remove(known);
        else if (_byKey.Count == capacity) Remove(_byCount.Min!);
        Insert(new Entry(key, failures + 1, now, ++_order));
    }

    /// <summary>The last one was none.</summary>
    public void TakeBack(string key)
    {
        if (!_byKey.TryGetValue(key, out var entry)) return;
        _byCount.Remove(entry);
        entry.Failures--;
        if (entry.Failures > 0) _byCount.Add(entry);
        else Remove(entry);
    }

    /// <summary>There were none.</summary>
    public void Forget(string key)
    {
        if (_byKey.TryGetValue(key, out var entry)) Remove(entry);
    }

    private void ForgetOld(TimeSpan now)
    {
        while (_byAge.First is { } oldest && now - oldest.Value.Last >= forgetAfter) Remove(oldest.Value);
    }

    private void Insert(Entry entry)
    {
        entry.Age = _byAge.AddLast(entry);
        _byKey.Add(entry.Key, entry);
        _byCount.Add(entry);
    }

    private void Remove(Entry entry)
    {
        _byAge.Remove(entry.Age!);
        _byKey.Remove(entry.Key);
        _byCount.Remove(entry);
    }

    private sealed class Entry(string key, int failures, TimeSpan last, long order)
    {
        public string Key { get; } = key;

        public int Failures { get; set; } = failures;

        public TimeSpan Last { get; } = last;

        public long Order { get; } = order;

        public LinkedListNode<Entry>? Age { get; set; }
    }
}
