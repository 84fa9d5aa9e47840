using System.Globalization;
using System.Text;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Audit;

/// <summary><c>actorserver audit query</c>: prints records, one after the other, in constant memory.</summary>
/// <param name="console">Where to.</param>
/// <param name="filter">Which.</param>
/// <param name="limit">Only the last so many; null: all.</param>
/// <param name="isJson">As they stand in the log.</param>
internal sealed class QueryCommand(ServerConsole console, QueryFilter filter, int? limit, bool isJson)
{
    /// <summary>The most that <c>--limit</c> takes, as so many are held in memory.</summary>
    public const int LargestLimit = 100_000;

    private readonly Queue<string> _last = [];

    /// <summary>Prints; returns the exit code.</summary>
    public int Run(string directory)
    {
        try
        {
            var files = AuditFile.In(directory);
            if (!isJson) console.Say(Row("TIME (UTC)", "ACCOUNT", "ACT", "SUBJECT", "OUTCOME", "REMOTE", ""));
            var unread = 0;
            foreach (var file in files) unread += PrintFile(file);
            foreach (var line in _last) console.Say(line);
            if (unread == 0) return ExitCode.Stopped;
            console.Complain(string.Create(CultureInfo.InvariantCulture,
                $"{unread} {(unread == 1 ? "line is no record" : "lines are no records")}; see actorserver audit verify"));
        }
        catch (DirectoryNotFoundException)
        {
            console.Complain($"there is no audit log in {directory}; name the data directory with --data DIR");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            console.Complain($"the audit log in {directory} cannot be read: {e.Message}");
        }

        return ExitCode.Failed;
    }

    private int PrintFile(AuditFile file)
    {
        var unread = 0;
        using var lines = AuditFile.Read(file.Path);
        while (lines.Read())
            if (AuditRecord.TryParse(lines.Line) is { } record)
            {
                if (filter.Takes(record)) Print(isJson ? Encoding.UTF8.GetString(lines.Line.Span) : RowOf(record));
            }
            // The last line of the newest file may be on its way.
            else if (lines.IsTerminated)
                unread++;

        return unread;
    }

    private void Print(string line)
    {
        if (limit is not { } most)
        {
            console.Say(line);
            return;
        }

        _last.Enqueue(line);
        if (_last.Count > most) _last.Dequeue();
    }

    private static string RowOf(AuditRecord record) => Row(
        record.Time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture),
        record.Account, record.Act, record.Subject, record.Outcome, record.Remote,
        string.Join(' ', DetailsOf(record)));

    private static IEnumerable<string> DetailsOf(AuditRecord record)
    {
        foreach (var detail in record.Details) yield return $"{detail.Name}={detail.Value}";
        if (record.Connection is { } connection) yield return $"connection={SafeText.OneLine(connection)}";
    }

    private static string Row(
        string time, string? account, string? act, string? subject, string? outcome, string? remote, string details) =>
        $"{time,-23}  {Cell(account),-12}  {Cell(act),-14}  {Cell(subject),-28}  {Cell(outcome),-15}  {Cell(remote),-21}  {details}".TrimEnd();

    // Made harmless before it is padded, as that changes its length.
    private static string Cell(string? text) => string.IsNullOrEmpty(text) ? "-" : SafeText.OneLine(text);
}
