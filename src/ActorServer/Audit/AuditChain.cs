namespace ActorNet.Server.Audit;

/// <summary>Follows a chain line by line and says what does not follow.</summary>
/// <param name="head">What the first line is to follow; null: it is not known, as older files were removed.</param>
internal sealed class AuditChain(ChainHead? head)
{
    /// <summary>The last record that followed; null: none yet.</summary>
    public ChainHead? Head { get; private set; } = head;

    /// <summary>Takes the next line.</summary>
    /// <returns>Null, or what is wrong with it; it is then not part of the chain.</returns>
    public string? Follow(ReadOnlySpan<byte> line, out AuditLine parsed)
    {
        if (!AuditLine.TryParse(line, out parsed)) return "changed: the line is no audit record";
        if (!parsed.IsIntact) return "changed: the hash does not fit the record";
        if (Problem(parsed) is { } problem) return problem;
        Head = new ChainHead(parsed.Seq, parsed.Hash);
        return null;
    }

    private string? Problem(AuditLine line)
    {
        // The first record of all is known to have none before it, whatever else is.
        var before = Head ?? (line.Seq == 1 ? ChainHead.Start : new ChainHead(line.Seq - 1, line.Prev));
        var expected = before.Seq + 1;
        if (line.Seq > expected)
            return line.Seq - 1 == expected
                ? $"missing: record {expected} should stand here; it was removed or moved"
                : $"missing: records {expected} to {line.Seq - 1} should stand here; they were removed or moved";
        if (line.Seq < expected) return $"reordered: record {expected} should stand here";
        return line.Prev == before.Hash ? null : $"replaced: record {before.Seq} is not the one that this record followed when it was written";
    }
}
