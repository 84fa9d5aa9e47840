using System.CommandLine;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>
/// <c>actornet login</c> asks for a password once and keeps what SCRAM leaves of it; <c>actornet logout</c> deletes that
/// again, and never a profile with a key.
/// </summary>
internal static class LoginVerbs
{
    public static Command BuildLogin(GlobalOptions globals, CommandIo io) => CommandRunner.Bind(
        new Command("login", "Log in with a password once; later commands need neither password nor --server"), globals, io,
        LogInAsync);

    public static Command BuildLogout(GlobalOptions globals, CommandIo io) => CommandRunner.Bind(
        new Command("logout", "Forget the login of a server; keys stay"), globals, io,
        session => Task.FromResult(LogOut(session)));

    private static async Task<int> LogInAsync(CommandSession session)
    {
        var options = await session.Login.AskAsync(session.Cancellation);
        await using var client = await session.ConnectAsync(options);
        var path = session.Io.Profiles.SaveLogin(options.Server, client.Account, client.ScramKeys!);
        if (session.Json)
            session.WriteJson(
                new LoginResult(client.Node, options.Server.ToString(), client.Account, client.Mechanism, path),
                CommandJsonContext.Default.LoginResult);
        else
            session.WriteLine(
                $"{SafeText.Of(client.Node)}: logged in as {SafeText.Of(client.Account)} ({client.Mechanism}). "
                + $"Kept in {SafeText.Of(path)}: not the password, but as good as it at this server until it changes");
        return ExitCodes.Ok;
    }

    private static int LogOut(CommandSession session)
    {
        var server = session.Server;
        var deleted = session.Io.Profiles.DeleteLogin(server);
        var key = session.Io.Profiles.PathOf(server) is var path && File.Exists(path) ? path : null;
        if (session.Json)
            session.WriteJson(
                new LogoutResult(server.ToString(), deleted, key), CommandJsonContext.Default.LogoutResult);
        else
            session.WriteLine(
                (deleted is null ? $"{server}: there was no login to forget" : $"{server}: deleted {SafeText.Of(deleted)}")
                + (key is null ? "" : $"; the key in {SafeText.Of(key)} stays"));
        return ExitCodes.Ok;
    }
}
