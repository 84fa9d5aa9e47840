using System.Collections.Immutable;
using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Storage;

/// <summary>An account as it is stored.</summary>
/// <param name="Name">The prepared name.</param>
/// <param name="IsEnabled">Whether it may log in.</param>
/// <param name="Roles">Names of roles; those that the configuration does not have give nothing.</param>
/// <param name="Password">What is kept of the password; null: no login by password.</param>
/// <param name="Keys">Its machine keys.</param>
/// <param name="Created">When it was made.</param>
public sealed record Account(
    string Name,
    bool IsEnabled,
    ImmutableArray<string> Roles,
    ScramCredential? Password,
    ImmutableArray<MachineKey> Keys,
    DateTimeOffset Created);

/// <summary>A pre-shared key by which a machine logs in as an account.</summary>
/// <param name="Id">Unique on the node: <c>k-3f9a…</c>.</param>
/// <param name="Label">What a person calls it.</param>
/// <param name="Secret">32 bytes.</param>
/// <param name="Created">When it was made.</param>
public sealed record MachineKey(string Id, string Label, byte[] Secret, DateTimeOffset Created);
