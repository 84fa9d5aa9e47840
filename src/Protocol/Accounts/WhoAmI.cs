namespace ActorNet.Protocol.Accounts;

/// <summary>
/// <c>result</c> of OPENED for the service <c>account</c>, who this connection is and what it may do; EOF and CLOSE follow:
/// <c>{"account":"alice","roles":["staff"],"allow":["chat.join:*"],"deny":[],"mechanism":"SCRAM-SHA-256","credential":"password",
/// "connection":"c-17","protection":"TLS 1.3 TLS_AES_256_GCM_SHA384"}</c>.
/// </summary>
/// <param name="Account">The account that is logged in.</param>
/// <param name="Roles">Its roles, by their names in the node's configuration.</param>
/// <param name="Allow">Patterns of rights that its roles allow.</param>
/// <param name="Deny">Patterns that they deny; a denial wins.</param>
/// <param name="Mechanism">How it logged in.</param>
/// <param name="Credential">With what: <see cref="Password"/>, or the id of a key.</param>
/// <param name="Connection">The connection's name in the node's log and audit.</param>
/// <param name="Protection">What protects the bytes: <c>none</c>, or version and cipher suite of TLS.</param>
public sealed record WhoAmI(
    string Account, IReadOnlyList<string> Roles, IReadOnlyList<string> Allow, IReadOnlyList<string> Deny, string Mechanism,
    string Credential, string Connection, string Protection)
{
    /// <summary>What <see cref="Credential"/> says of a login by password; no key has this id.</summary>
    public const string Password = "password";
}
