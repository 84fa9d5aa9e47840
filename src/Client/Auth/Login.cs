using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;

namespace ActorNet.Client.Auth;

/// <summary>How a login went.</summary>
/// <param name="Server">What the server said, after its proof was checked.</param>
/// <param name="Mechanism">The mechanism of both proofs.</param>
/// <param name="ScramKeys">What may be kept instead of the password; null for a key.</param>
internal sealed record Login(Authenticated Server, string Mechanism, ScramKeys? ScramKeys);
