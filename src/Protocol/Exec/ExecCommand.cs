using System.Text.Json.Serialization;

namespace ActorNet.Protocol.Exec;

/// <summary>MESSAGE of the client in an exec channel.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(SendSignal), "signal")]
public abstract record ExecCommand;

/// <summary><c>{"type":"signal","signal":"INT"}</c>: to the command's whole process group. INT, TERM, HUP, QUIT, USR1, USR2 or KILL.</summary>
public sealed record SendSignal(string Signal) : ExecCommand;
