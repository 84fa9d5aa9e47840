namespace ActorNet.Protocol.Chat;

/// <summary><c>params</c> of OPEN for the service <c>chat</c>: <c>{"name":"Alice"}</c>.</summary>
/// <param name="Name">What to show beside the account; absent: the account alone.</param>
public sealed record ChatOptions(string? Name = null);
