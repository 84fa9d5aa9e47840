using System.Collections.Immutable;
using ActorNet.Server.Access;

namespace ActorNet.Server.Auth;

/// <summary>One login that holds.</summary>
/// <param name="Account">Who; the prepared name.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Rights">What they allow together.</param>
/// <param name="Credential">By what: <see cref="Auth.Credential.PasswordId"/>, or the id of a key.</param>
/// <param name="Mechanism">How it was proven.</param>
/// <param name="ConnectionId">Over which connection; unique over all runs of the node.</param>
/// <param name="Remote">The peer's address.</param>
/// <param name="Since">When.</param>
public sealed record Session(
    string Account,
    ImmutableArray<string> Roles,
    Rights Rights,
    string Credential,
    string Mechanism,
    string ConnectionId,
    string Remote,
    DateTimeOffset Since);
