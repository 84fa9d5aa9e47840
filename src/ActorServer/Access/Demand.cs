using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Access;

/// <summary>What something takes: a verb and what it is done to.</summary>
/// <param name="Verb">The verb.</param>
/// <param name="Scope">A room, a program, a path from the root; "" for verbs without scopes.</param>
public sealed record Demand(Verb Verb, string Scope = "")
{
    /// <summary>As a pattern would be written: <c>exec.run:ls</c>; for people, so a long scope is cut.</summary>
    public override string ToString() => Scope.Length == 0 ? Verb.ToWire() : $"{Verb.ToWire()}:{SafeText.OneLine(SafeText.Short(Scope))}";
}
