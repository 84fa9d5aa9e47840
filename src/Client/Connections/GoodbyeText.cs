using ActorNet.Protocol;
using ActorNet.Protocol.Connection;

namespace ActorNet.Client.Connections;

/// <summary>A code and a message of the server in one phrase.</summary>
internal static class GoodbyeText
{
    public static string Of(Goodbye goodbye) => Of(goodbye.Code, goodbye.Message);

    public static string Of(ErrorCode? code, string? message) => (code, message) switch
    {
        (null, null or "") => "it gave no reason",
        (null, _) => message,
        ({ } c, null or "") => c.ToWire(),
        ({ } c, _) => $"{message} ({c.ToWire()})",
    };
}
