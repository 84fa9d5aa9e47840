using ActorNet.Client.Connections;
using ActorNet.Client.Profiles;
using ActorNet.Client.Terminal;
using ActorNet.Client.Trust;

namespace ActorNet.Client.Commands;

/// <summary>
/// Connects; at the first contact with a server asks whoever is at the terminal whether it is the right one, and
/// connects once more, to that certificate and no other. The first connection is closed before the question: nobody
/// has to read against the server's deadline for a login. Nobody types a password before the question either.
/// </summary>
internal static class FirstContact
{
    public static async Task<ActorNetClient> ConnectAsync(
        CommandIo io, ClientOptions options, CancellationToken cancellation)
    {
        try
        {
            return await ActorNetClient.ConnectAsync(options, cancellation);
        }
        catch (UnknownServerException unknown) when (io.Prompt is not null)
        {
            return await ActorNetClient.ConnectAsync(await ConfirmAsync(io.Prompt, options, unknown, cancellation), cancellation);
        }
    }

    /// <summary>
    /// For whoever is about to type a password: asks about a server that is not known yet, and says nothing to it.
    /// </summary>
    public static async Task<ClientOptions> IdentifyAsync(IPrompt prompt, ClientOptions options, CancellationToken cancellation)
    {
        if (options.Server.Transport != Transport.Tls || options.Fingerprint is not null) return options;
        if (options.KnownHosts?.Find(options.Server) is not null) return options;
        try
        {
            await Connector.IdentifyAsync(options, cancellation);
            return options;
        }
        catch (UnknownServerException unknown)
        {
            return await ConfirmAsync(prompt, options, unknown, cancellation);
        }
    }

    private static async Task<ClientOptions> ConfirmAsync(
        IPrompt prompt, ClientOptions options, UnknownServerException unknown, CancellationToken cancellation) =>
        await IsConfirmedAsync(prompt, unknown, cancellation)
            ? options with { Fingerprint = unknown.Fingerprint }
            : throw new ServerIdentityException($"{unknown.Server} was not accepted; nothing was sent to it", unknown);

    private static async Task<bool> IsConfirmedAsync(
        IPrompt prompt, UnknownServerException unknown, CancellationToken cancellation)
    {
        var question = $"""
            This is the first contact with {unknown.Server}. Its certificate has the fingerprint
              {unknown.Fingerprint}
            actorserver prints it at its start: compare, or you may be talking to somebody else.
            Is it the same? Type yes, or the fingerprint itself: 
            """;
        while (true)
        {
            var answer = (await prompt.AskAsync(question, Typing.Shown, cancellation))?.Trim();
            if (string.Equals(answer, "yes", StringComparison.OrdinalIgnoreCase)) return true;
            if (answer is null || string.Equals(answer, "no", StringComparison.OrdinalIgnoreCase)) return false;
            if (Fingerprint.TryParse(answer, out var typed)) return typed == unknown.Fingerprint;
            question = "Type yes or no in full, or the fingerprint: ";
        }
    }
}
