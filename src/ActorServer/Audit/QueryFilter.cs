using System.IO.Enumeration;

namespace ActorNet.Server.Audit;

/// <summary>Which records a query is after; what is null asks for nothing. In texts, * and ? are wild.</summary>
internal sealed record QueryFilter(
    DateTimeOffset? Since,
    DateTimeOffset? Until,
    string? Account,
    string? Act,
    string? Subject,
    string? Outcome,
    string? Connection,
    bool Failed)
{
    /// <summary>Whether <paramref name="record"/> is one.</summary>
    public bool Takes(AuditRecord record) =>
        (Since is null || record.Time >= Since)
        && (Until is null || record.Time < Until)
        && Fits(Account, record.Account)
        && Fits(Act, record.Act)
        && Fits(Subject, record.Subject)
        && Fits(Outcome, record.Outcome)
        && Fits(Connection, record.Connection)
        && !(Failed && record.Outcome == AuditEvent.Ok);

    private static bool Fits(string? pattern, string? text) =>
        pattern is null || (text is not null && FileSystemName.MatchesSimpleExpression(pattern, text, ignoreCase: false));
}
