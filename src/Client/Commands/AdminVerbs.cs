using System.CommandLine;
using System.Globalization;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Administration;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet admin</c>: who is connected, and the end of a connection.</summary>
internal sealed class AdminVerbs
{
    private readonly Argument<string> _connection = new("CONNECTION")
    {
        Description = "Its name, from 'actornet admin sessions'",
    };

    public static Command Build(GlobalOptions globals, CommandIo io)
    {
        var verbs = new AdminVerbs();
        return new Command("admin", "Look after the server")
        {
            CommandRunner.Bind(
                new Command("sessions", "List who is connected, the oldest first"), globals, io, SessionsAsync),
            CommandRunner.Bind(
                new Command("disconnect", "End a connection") { verbs._connection }, globals, io, verbs.DisconnectAsync),
        };
    }

    private static async Task<int> SessionsAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        await foreach (var entry in client.ListSessionsAsync(session.Cancellation))
        {
            if (session.Json) session.WriteJson(entry, CommandJsonContext.Default.SessionEntry);
            else session.WriteLine(LineOf(entry));
        }

        return ExitCodes.Ok;
    }

    private async Task<int> DisconnectAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        var connection = session.Parsed.GetValue(_connection)!;
        await client.DisconnectAsync(connection, session.Cancellation);
        if (session.Json)
            session.WriteJson(new DisconnectResult(connection), CommandJsonContext.Default.DisconnectResult);
        else
            session.WriteLine($"{SafeText.Of(connection)}: disconnected");
        return ExitCodes.Ok;
    }

    private static string LineOf(SessionEntry entry)
    {
        var since = TimeZoneInfo.ConvertTime(entry.Since, TimeZoneInfo.Local).ToString(
            "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{SafeText.Of(entry.Connection),-24}  {since}  {SafeText.Of(entry.Remote),-21}  {SafeText.Of(entry.Account)} "
            + $"({SafeText.Of(entry.Credential)}, {SafeText.Of(entry.Mechanism)}), {entry.Channels} "
            + (entry.Channels == 1 ? "channel" : "channels");
    }
}
