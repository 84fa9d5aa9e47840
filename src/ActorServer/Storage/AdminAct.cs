using System.Collections.Immutable;
using System.Globalization;
using ActorNet.Server.Audit;

namespace ActorNet.Server.Storage;

/// <summary>A change that somebody made, as it waits in the store for the audit log of a running node.</summary>
/// <param name="Id">Grows with every act, never used twice.</param>
/// <param name="At">When it was made.</param>
/// <param name="By">Who made it: <c>os:NAME</c>.</param>
/// <param name="Act">What was done: <c>user.disable</c>.</param>
/// <param name="Subject">The account it was done to.</param>
/// <param name="Details">What else is to be known: a role, a key's id; no secret.</param>
public sealed record AdminAct(
    long Id, DateTimeOffset At, string By, string Act, string Subject, ImmutableArray<KeyValuePair<string, string>> Details)
{
    /// <summary>
    /// As the audit log writes it, with the time of the act itself, and its number: an act is noted again if the node dies between noting and
    /// forgetting it.
    /// </summary>
    public AuditEvent ToEvent() => new(Act, AuditEvent.Ok)
    {
        Account = By,
        Subject = Subject,
        Details =
        [
            KeyValuePair.Create("at", At.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
            KeyValuePair.Create("act", Id.ToString(CultureInfo.InvariantCulture)),
            .. Details,
        ],
    };
}
