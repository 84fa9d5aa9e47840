using ActorNet.Protocol;
using ActorNet.Protocol.Channels;

namespace ActorNet.Server.Access;

/// <summary>Who may use a service. Its rows stand in <see cref="AccessTable"/>.</summary>
/// <param name="Verbs">The rights of which a client needs at least one, or the service is none to it. Empty: everybody who is logged in.</param>
/// <param name="Opening">
/// What OPEN takes; null when it takes nothing more. Reads the parameters and throws a <see cref="ProtocolViolationException"/> for those
/// that make no sense. Looks at names only, never at whether something is there.
/// </param>
public sealed record ServiceAccess(IReadOnlyList<Verb> Verbs, Func<OpenChannel, Demand?> Opening)
{
    /// <summary>Nobody may: what holds where nothing is said.</summary>
    public static readonly ServiceAccess Nobody =
        new([], _ => throw new ProtocolViolationException(ErrorCode.Forbidden, "nobody may use this service"));

    /// <summary>Everybody who is logged in may.</summary>
    public static readonly ServiceAccess Everybody = new([], _ => null);

    /// <summary>Whether there is anything in it for an account with these rights.</summary>
    public bool IsOfferedTo(Rights rights) => !ReferenceEquals(this, Nobody) && (Verbs.Count == 0 || Verbs.Any(rights.AllowsAny));
}
