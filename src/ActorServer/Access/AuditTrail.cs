using System.Globalization;
using ActorNet.Server.Audit;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Access;

/// <summary>Where the records of one channel go, and what they have in common.</summary>
/// <param name="Audit">The AuditActor.</param>
/// <param name="Connection">The connection's id.</param>
/// <param name="Channel">The channel's number: it tells apart what one connection does side by side.</param>
/// <param name="Account">Who is logged in.</param>
/// <param name="Remote">The peer's address.</param>
public sealed record AuditTrail(IActorRef Audit, string Connection, uint Channel, string Account, string Remote)
{
    /// <summary>The outcome of what neither ended by itself nor failed: the client, or its connection, went away.</summary>
    public const string Cancelled = "cancelled";

    // A record is a line that somebody reads; what a client wrote may be 128 KiB of arguments.
    private const int LongestText = 4096;

    /// <summary>An event of this channel.</summary>
    public AuditEvent Event(string act, string outcome, string? subject, params ReadOnlySpan<KeyValuePair<string, string>> details) =>
        new(act, outcome)
        {
            Connection = Connection,
            Account = Account,
            Remote = Remote,
            Subject = string.IsNullOrEmpty(subject) ? null : Cut(subject),
            Details = [KeyValuePair.Create("channel", Channel.ToString(CultureInfo.InvariantCulture)), .. details],
        };

    /// <summary>Writes down what has happened.</summary>
    public void Note(string act, string outcome, string? subject, params ReadOnlySpan<KeyValuePair<string, string>> details) =>
        Audit.Tell(new Note(Event(act, outcome, subject, details)));

    /// <summary>A text no longer than a record has room for; of one that is, the beginning.</summary>
    public static string Cut(string text) => SafeText.Cut(text, LongestText);
}
