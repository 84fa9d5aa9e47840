using System.CommandLine;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet whoami</c>: who the server takes this client for, and what that account may do.</summary>
internal static class WhoAmIVerb
{
    public static Command Build(GlobalOptions globals, CommandIo io) => CommandRunner.Bind(
        new Command("whoami", "Show the account, its roles and its rights"), globals, io, RunAsync);

    private static async Task<int> RunAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        var who = await client.WhoAmIAsync(session.Cancellation);
        if (session.Json)
        {
            session.WriteJson(who, ProtocolJsonContext.Default.WhoAmI);
            return ExitCodes.Ok;
        }

        Write(session, "account", who.Account);
        Write(session, "node", client.Node);
        Write(session, "roles", List(who.Roles));
        Write(session, "allowed", List(who.Allow));
        Write(session, "denied", List(who.Deny));
        Write(session, "login", $"{who.Mechanism}, {who.Credential}");
        Write(session, "protection", who.Protection);
        Write(session, "connection", who.Connection);
        return ExitCodes.Ok;
    }

    private static string List(IReadOnlyList<string> items) => items.Count == 0 ? "none" : string.Join(", ", items);

    private static void Write(CommandSession session, string name, string value) =>
        session.WriteLine($"{name + ':',-12} {SafeText.Of(value)}");
}
