using System.Text;
using ActorNet.Protocol.Auth;

namespace ActorNet.Protocol.Tests.Support;

/// <summary>Both sides of a login by SCRAM with nonces that are always the same, for tests that change what goes between them.</summary>
internal static class ScramLogin
{
    public const string ClientNonce = "fyko+d2lbbFgONRv9qkxdawL";
    public const string ServerNonce = "3rfcNHYJY1ZVvWVs7jNakOjh";
    public static readonly byte[] ClientHello = """{"versions":[1],"software":"c","nonce":""}"""u8.ToArray();
    public static readonly byte[] ServerHello = """{"version":1,"software":"s","nonce":""}"""u8.ToArray();
    public static readonly ChannelBinding Exporter =
        new(ChannelBinding.TlsExporter, Enumerable.Range(0, 32).Select(value => (byte)(0xe0 + value)).ToArray());

    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(value => (byte)value)];

    public static AccountName Alice { get; } = Name("alice");

    /// <summary>The keys of "pencil".</summary>
    public static ScramKeys Keys { get; } = ScramKeys.Derive(Password("pencil"), Salt, ScramMechanism.MinIterations);

    /// <summary>What the server keeps of "pencil".</summary>
    public static ScramCredential Credential { get; } = ScramCredential.Create(Password("pencil"), Salt, ScramMechanism.MinIterations);

    public static byte[] HelloHash { get; } = HelloParts.Hash(ClientHello, ServerHello);

    public static AccountName Name(string text)
    {
        Assert.True(AccountName.TryPrepare(text, out var name, out var problem), problem);
        return name;
    }

    public static PreparedPassword Password(string text)
    {
        Assert.True(PreparedPassword.TryPrepare(text, out var password, out var problem), problem);
        return password;
    }

    public static ScramClient Client(ChannelBinding? binding = null, bool serverLacksBinding = false, AccountName? account = null) =>
        new(account ?? Alice, HelloHash, binding, serverLacksBinding, ClientNonce);

    public static ScramServer Server(ReadOnlySpan<byte> clientFirst, ChannelBinding? binding = null, bool offersPlus = false) =>
        ScramServer.BeginWith(
            binding is null ? ScramMechanism.Plain : ScramMechanism.Plus, clientFirst, HelloHash, binding is null ? [] : [binding],
            offersPlus, ServerNonce);

    /// <summary>A client that has read the challenge, and the server that waits for its answer.</summary>
    public static (ScramClient Client, ScramServer Server) Challenged(ChannelBinding? binding = null)
    {
        var client = Client(binding);
        var server = Server(client.First(), binding);
        client.ReadChallenge(server.Challenge(Credential));
        return (client, server);
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Said(byte[] message) => Encoding.UTF8.GetString(message);
}
