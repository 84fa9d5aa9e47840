using System.Globalization;
using ActorNet.Protocol;

namespace ActorNet.Server.Listening;

/// <summary>What <see cref="Admission"/> says to whom it does not admit.</summary>
internal static class AdmissionRefusals
{
    /// <summary>The node is full.</summary>
    public static readonly Refusal MaxConnections = new(
        ErrorCode.TooMany, "max-connections",
        "the node has as many connections as it takes (actornet.admission.max-connections); try again later");

    /// <summary>The node is full of strangers.</summary>
    public static readonly Refusal MaxBeforeLogin = new(
        ErrorCode.TooMany, "max-before-login",
        "too many connections are waiting for their login (actornet.admission.max-before-login); try again");

    /// <summary>The lot fell on it.</summary>
    public static readonly Refusal EarlyDrop = new(
        ErrorCode.TooMany, "early-drop",
        "many connections are waiting for their login: newcomers are turned away by lot (actornet.admission.early-drop-start); try again");

    /// <summary>The source has as many as it may.</summary>
    public static Refusal MaxPerSource(Source source, int live) => new(
        ErrorCode.TooMany, "max-per-source",
        $"{live} connections from {source} are open (actornet.admission.max-per-source); close one first");

    /// <summary>The source comes too often.</summary>
    public static Refusal NewPerSource(Source source, int count, TimeSpan window) => new(
        ErrorCode.RateLimited, "new-per-source",
        string.Create(
            CultureInfo.InvariantCulture,
            $"{count} connections from {source} within {window.TotalSeconds:0.###} s (actornet.admission.new-per-source); slow down"));

    /// <summary>The source has misbehaved.</summary>
    public static Refusal Penalised(Source source, TimeSpan left) => new(
        ErrorCode.RateLimited, "penalties",
        string.Create(
            CultureInfo.InvariantCulture,
            $"too many logins from {source} failed or came to nothing (actornet.admission.penalties); "
            + $"try again in {Math.Ceiling(left.TotalSeconds)} s"));
}
