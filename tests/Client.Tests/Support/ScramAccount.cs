using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Support;

/// <summary>An account with a password, as the server's end of a login sees it.</summary>
internal static class ScramAccount
{
    public const string Password = "correct horse canary staple";

    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];

    public static readonly IReadOnlyList<string> Offer = [ScramMechanism.Plus, ScramMechanism.Plain];

    public static ScramCredential Credential { get; } = Of(Password, Salt);

    /// <summary>After the password was changed.</summary>
    public static ScramCredential Changed { get; } = Of("another one", [.. Salt.Reverse()]);

    /// <summary>A whole login; null when the proof was wrong, and then the client was told.</summary>
    public static async Task<Authenticate?> LogInByPasswordAsync(
        this FakePeer peer, ScramCredential? credential = null, IReadOnlyList<string>? offer = null,
        IReadOnlyList<ChannelBinding>? bindings = null, byte[]? device = null)
    {
        bindings ??= peer.Tls is { } tls ? TlsBindings.Of(tls) : [];
        offer ??= bindings.Count > 0 ? Offer : [ScramMechanism.Plain];
        var (first, login) = await peer.ChallengeAsync(offer, bindings, credential ?? Credential);
        var final = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        if (login.Check(final.Data) is not { } signature)
        {
            await peer.SendAsync(new Goodbye(ErrorCode.Unauthenticated, "the login failed").ToFrame());
            return null;
        }

        await peer.SendAsync(new Authenticated(login.UserName, signature, "test-node", ["echo"], 64, device).ToFrame());
        return first;
    }

    /// <summary>HELLOs, the client's first step, and the challenge.</summary>
    public static async Task<(Authenticate First, ScramServer Login)> ChallengeAsync(
        this FakePeer peer, IReadOnlyList<string> offer, IReadOnlyList<ChannelBinding> bindings, ScramCredential credential)
    {
        var (clientHello, serverHello) = await peer.GreetAsync(
            offer, bindings.Count == 0 ? null : [.. bindings.Select(b => b.Type)]);
        var first = await peer.ExpectAsync(FrameType.Auth, ProtocolJsonContext.Default.Authenticate);
        var login = ScramServer.Begin(
            first.Mechanism, first.Data, clientHello, serverHello, bindings, offer.Contains(ScramMechanism.Plus));
        await peer.SendAsync(new Authenticate(first.Mechanism, login.Challenge(credential)).ToFrame());
        return (first, login);
    }

    private static ScramCredential Of(string password, byte[] salt)
    {
        Assert.True(PreparedPassword.TryPrepare(password, out var prepared, out _));
        return ScramCredential.Create(prepared, salt, ScramMechanism.MinIterations);
    }
}
