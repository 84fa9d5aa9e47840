using Akka.Actor;

namespace ActorNet.Server.Audit;

/// <summary>A record that waits to be written.</summary>
/// <param name="Body">As <see cref="AuditFormat.Body"/> made it.</param>
/// <param name="Waiter">Who waits for it; null: nobody.</param>
/// <param name="Tag">What the waiter called it.</param>
/// <param name="IsRefused">The waiter was told that it is not written, while it was being written.</param>
internal readonly record struct PendingRecord(
    ReadOnlyMemory<byte> Body, IActorRef? Waiter = null, object? Tag = null, bool IsRefused = false);

/// <summary>Records that wait to be written, in their order and within a bound; those being written are its first.</summary>
/// <param name="limit">Bytes that may wait.</param>
internal sealed class PendingRecords(int limit)
{
    // One write at most, so that a full disk costs little to ask, and a file hardly grows beyond its size.
    private const int BatchSize = 1024 * 1024;

    private readonly List<PendingRecord> _records = [];
    private long _bytes;
    private int _taken;

    /// <summary>Appends a record; false: there is no room.</summary>
    public bool TryAdd(PendingRecord record)
    {
        if (_bytes + record.Body.Length > limit) return false;
        _records.Add(record);
        _bytes += record.Body.Length;
        return true;
    }

    /// <summary>Puts records before all others, whatever room there is. None may be taken.</summary>
    public void AddFirst(IReadOnlyList<PendingRecord> records)
    {
        _records.InsertRange(0, records);
        _bytes += records.Sum(record => (long)record.Body.Length);
    }

    /// <summary>The first records, to be written now.</summary>
    public List<ReadOnlyMemory<byte>> Take()
    {
        var batch = new List<ReadOnlyMemory<byte>>();
        var bytes = 0;
        foreach (var record in _records)
        {
            bytes += record.Body.Length;
            if (bytes > BatchSize && batch.Count > 0) break;
            batch.Add(record.Body);
        }

        _taken = batch.Count;
        return batch;
    }

    /// <summary>The taken ones are written.</summary>
    /// <returns>Those of them that somebody waits for.</returns>
    public List<PendingRecord> RemoveTaken()
    {
        var taken = _records.GetRange(0, _taken);
        _records.RemoveRange(0, _taken);
        _bytes -= taken.Sum(record => (long)record.Body.Length);
        _taken = 0;
        return taken.FindAll(record => record.Waiter is not null);
    }

    /// <summary>The taken ones are not written: gives up all that somebody waits for or was refused; the others go on waiting.</summary>
    /// <returns>Those that somebody waits for.</returns>
    public List<PendingRecord> RemoveAwaited()
    {
        _taken = 0;
        return Remove(record => record.Waiter is not null || record.IsRefused);
    }

    /// <summary>Gives up all that somebody waits for while the taken ones are being written, and may come to be.</summary>
    /// <returns>Those that somebody waited for.</returns>
    public List<PendingRecord> RefuseAwaited()
    {
        var taken = _records.GetRange(0, _taken).FindAll(record => record.Waiter is not null);
        for (var i = 0; i < _taken; i++)
            if (_records[i].Waiter is not null) _records[i] = new PendingRecord(_records[i].Body, IsRefused: true);
        return [.. taken, .. Remove(record => record.Waiter is not null)];
    }

    private List<PendingRecord> Remove(Predicate<PendingRecord> which)
    {
        var removed = _records.FindAll(which);
        _records.RemoveAll(which);
        _bytes -= removed.Sum(record => (long)record.Body.Length);
        return removed.FindAll(record => record.Waiter is not null);
    }
}
