using System.Collections.Immutable;

namespace ActorNet.Server.Audit;

/// <summary>Something that happened and that somebody may have to answer for. Holds no secret, no input and no content of files.</summary>
/// <param name="Act">What was done, in the words of the rights where there are any: <c>login</c>, <c>exec.run</c>, <c>user.disable</c>.</param>
/// <param name="Outcome"><c>ok</c>, or the error code on the wire: <c>forbidden</c>.</param>
public sealed record AuditEvent(string Act, string Outcome)
{
    /// <summary>The outcome of what was done or allowed.</summary>
    public const string Ok = "ok";

    /// <summary>The connection it was done over, unique over all runs of the node; what links the records of one connection. Null: over none.</summary>
    public string? Connection { get; init; }

    /// <summary>Who did it; before a login, who was claimed to. <c>os:NAME</c> for who ran a command on the node itself.</summary>
    public string? Account { get; init; }

    /// <summary>The peer's address.</summary>
    public string? Remote { get; init; }

    /// <summary>What it was done to: a room, a program, a path, an account.</summary>
    public string? Subject { get; init; }

    /// <summary>What else is to be known, in this order; names in snake case.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Details { get; init; } = [];
}
