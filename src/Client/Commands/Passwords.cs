using System.Text;
using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>
/// Where a password comes from: a file, the environment, or somebody at the terminal. Never an argument, which everybody
/// on the machine can read.
/// </summary>
internal static class Passwords
{
    /// <summary>The variable that has a password.</summary>
    public const string Variable = "ACTORNET_PASSWORD";

    // Far above the longest password; more is read of no file.
    private const int MaxFile = 64 * 1024;

    /// <summary>Whether somebody at the terminal will have to type it.</summary>
    public static bool IsAsked(CommandIo io, string? file) => file is null && io.Environment(Variable) is not { Length: > 0 };

    public static async Task<Credentials> ReadAsync(
        CommandIo io, string? file, string account, ServerAddress server, CancellationToken cancellation)
    {
        if (file is not null) return Of(FirstLine(file));
        if (io.Environment(Variable) is { Length: > 0 } set) return Of(set);
        var prompt = io.Prompt ?? throw new ProfileException(
            $"no password for {account} at {server}, and no terminal to ask: set {Variable}, or name a file with "
            + "--password-file");
        var question = $"Password of {SafeText.Of(account)} at {server}: ";
        return Of(await prompt.AskAsync(question, Typing.Hidden, cancellation)
            ?? throw new ProfileException($"no password for {account} at {server}: the input ended"));
    }

    // The exception of Credentials says what is wrong, and not what was typed.
    private static Credentials Of(string password)
    {
        try
        {
            return Credentials.OfPassword(password);
        }
        catch (ArgumentException e)
        {
            throw new ProfileException(e.Message, e);
        }
    }

    private static string FirstLine(string file)
    {
        try
        {
            var content = PrivateFile.Read(file, MaxFile) ?? throw new ProfileException($"there is no password file {file}");
            using var reader = new StreamReader(new MemoryStream(content), new UTF8Encoding(false, true));
            return reader.ReadLine() ?? throw new ProfileException($"the password file {file} is empty");
        }
        catch (DecoderFallbackException e)
        {
            throw new ProfileException($"the password file {file} is not UTF-8", e);
        }
        catch (IOException e) when (e is not ActorNetException)
        {
            throw new ProfileException($"cannot read the password file: {e.Message}", e);
        }
    }
}
