namespace ActorNet.Server.Audit;

/// <summary>How the log on the disk ends: where the next record goes, and what is wrong with the newest file.</summary>
/// <param name="Head">What the next record follows.</param>
/// <param name="File">Where it goes.</param>
/// <param name="Length">Bytes of that file that are whole lines; null: the file is to be made.</param>
/// <param name="Torn">Bytes behind them, of a line that a crash cut off.</param>
/// <param name="TornIn">The file they are in.</param>
/// <param name="Break">The first thing that does not follow in the newest file, with its line; null: all does.</param>
internal sealed record AuditTail(ChainHead Head, AuditFile File, long? Length, long Torn, AuditFile TornIn, string? Break)
{
    /// <summary>Reads the newest file; older ones are <c>audit verify</c>'s.</summary>
    public static AuditTail Of(string directory)
    {
        var files = AuditFile.In(directory);
        if (files.Count == 0)
        {
            var first = new AuditFile(directory, 1);
            return new AuditTail(ChainHead.Start, first, null, 0, first, null);
        }

        var newest = files[^1];
        var before = files.SkipLast(1).Reverse().Select(LastOf).FirstOrDefault(head => head is not null);
        var chain = new AuditChain(before);
        var last = before;
        string? broken = null;
        using var lines = AuditFile.Read(newest.Path);
        var whole = 0L;
        while (lines.Read() && lines.IsTerminated)
        {
            whole = lines.NextOffset;
            var problem = chain.Follow(lines.Line.Span, out var line);
            if (broken is null && problem is not null) broken = $"{newest.Name}:{lines.Number}: {problem}";
            // What says that it is a record counts as one: nothing after a break is to look like a second break.
            if (line.Hash is not null) last = new ChainHead(line.Seq, line.Hash);
        }

        var torn = lines.NextOffset - whole;
        var head = last ?? ChainHead.Start;
        // A file with a break in it stays as it is, for whoever looks into it.
        return broken is null
            ? new AuditTail(head, newest, whole, torn, newest, null)
            : new AuditTail(head, newest with { Number = newest.Number + 1 }, null, torn, newest, broken);
    }

    private static ChainHead? LastOf(AuditFile file)
    {
        var from = Math.Max(0, new FileInfo(file.Path).Length - AuditSettings.LargestLine - 1);
        using var lines = AuditFile.Read(file.Path, from);
        ChainHead? last = null;
        while (lines.Read())
            if (AuditLine.TryParse(lines.Line.Span, out var line))
                last = new ChainHead(line.Seq, line.Hash);
        return last;
    }
}
