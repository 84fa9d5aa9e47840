using ActorNet.Protocol;

namespace ActorNet.Server.Chat;

/// <summary>
/// Why a chat request cannot be done, in the words of its answer. Never repeats the client's text raw.
/// </summary>
public sealed record ChatProblem(ErrorCode Code, string Message);
