using System.Globalization;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Audit;

/// <summary><c>actorserver audit verify</c>: walks the chain and stops at the first thing that does not follow.</summary>
/// <param name="console">Where the result goes.</param>
/// <param name="expected">Records that must be there.</param>
internal sealed class VerifyCommand(ServerConsole console, IReadOnlyList<ChainHead> expected)
{
    private readonly AuditChain _chain = new(null);
    private AuditLine? _first;
    private AuditLine _last;
    private long _records;
    private int _files;
    private long _incomplete;

    /// <summary>Reads <c>SEQ:HASH</c>; null when it is none.</summary>
    public static ChainHead? ParseExpected(string text) =>
        text.Split(':') is [var seq, { Length: AuditLine.HashLength } hash]
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
        && hash.All(char.IsAsciiHexDigit)
            ? new ChainHead(number, hash.ToLowerInvariant())
            : null;

    /// <summary>Checks the log in <paramref name="directory"/>; returns the exit code.</summary>
    public int Run(string directory)
    {
        try
        {
            var files = AuditFile.In(directory);
            if (files.Count > 0) return Run([.. files.Select(file => file.Path)]);
        }
        catch (DirectoryNotFoundException)
        {
            // Said below.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Complain($"{directory} cannot be read: {e.Message}");
        }

        return Complain($"there is no audit log in {directory}; name the data directory with --data DIR");
    }

    /// <summary>Checks these files, the oldest first; returns the exit code.</summary>
    public int Run(IReadOnlyList<string> files)
    {
        for (var i = 0; i < files.Count; i++)
            try
            {
                if (BreakIn(files[i], isNewest: i == files.Count - 1) is { } problem) return Complain(problem);
                _files++;
            }
            catch (FileNotFoundException) when (_records == 0 && i < files.Count - 1)
            {
                // Deleted since they were listed, as files-kept asks for.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return Complain($"{files[i]} cannot be read: {e.Message}");
            }

        if (Missing() is { } missing) return Complain(missing);
        Report();
        return ExitCode.Stopped;
    }

    private string? BreakIn(string file, bool isNewest)
    {
        using var lines = AuditFile.Read(file);
        while (lines.Read())
        {
            if (!lines.IsTerminated)
            {
                if (isNewest && !IsRecordWithMore(lines.Line.Span))
                {
                    _incomplete = lines.NextOffset - lines.Offset;
                    return null;
                }

                return At(isNewest ? "changed: the line goes on behind the record" : "truncated: the file ends within a line");
            }

            if (lines.IsTooLong) return At("changed: the line is longer than any record");
            if (_chain.Follow(lines.Line.Span, out var line) is { } problem) return At(problem);
            if (expected.FirstOrDefault(record => record.Seq == line.Seq) is { Seq: > 0 } noted && noted.Hash != line.Hash)
                return At($"replaced: the record that was noted down had the hash {noted.Hash}");
            _first ??= line;
            _last = line;
            _records++;
        }

        return null;

        string At(string problem) => string.Create(CultureInfo.InvariantCulture,
            $"{file}:{lines.Number}: {problem}. {(_chain.Head is { } head ? $"The last record that is right is {head.Seq}:{head.Hash}" : "No record before it")}");
    }

    // A write that was cut off ends within a record or at its end, never behind it.
    private static bool IsRecordWithMore(ReadOnlySpan<byte> line)
    {
        for (var end = line[..^1].LastIndexOf((byte)'}'); end >= 0; end = line[..end].LastIndexOf((byte)'}'))
            if (AuditLine.TryParse(line[..(end + 1)], out var record) && record.IsIntact)
                return true;
        return false;
    }

    private string? Missing()
    {
        foreach (var noted in expected)
        {
            if (_first is { } first && noted.Seq < first.Seq)
                return $"record {noted.Seq} cannot be checked: the log begins with {first.Seq}, older files are gone";
            if (noted.Seq > _last.Seq)
                return $"truncated: the log ends with record {_last.Seq}, and {noted.Seq} was noted down";
        }

        return null;
    }

    private void Report()
    {
        console.Say(string.Create(CultureInfo.InvariantCulture,
            $"{_records} {(_records == 1 ? "record" : "records")} in {_files} {(_files == 1 ? "file" : "files")}, each as it was written"));
        if (_first is not { } first) return;
        console.Say($"  from   {first.Time}, record {first.Seq}{(first.Seq > 1 ? "; those before it are gone, with their files" : "")}");
        console.Say($"  to     {_last.Time}, record {_last.Seq}");
        if (_incomplete > 0)
            console.Say($"  then   {_incomplete} bytes of a line that is being written, or that a crash cut off; the next start moves those aside");
        console.Say($"  last   {_last.Seq}:{_last.Hash}");
        foreach (var noted in expected) console.Say($"  found  {noted.Seq}:{noted.Hash}");
        console.Say("That nothing is missing at the end shows only against a record noted down elsewhere: audit verify --expect SEQ:HASH");
    }

    private int Complain(string problem)
    {
        console.Complain(problem);
        return ExitCode.Failed;
    }
}
