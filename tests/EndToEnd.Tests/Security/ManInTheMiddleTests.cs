using System.Security.Cryptography;
using System.Text;
using ActorNet.Client;
using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>
/// A client that was talked into the certificate of somebody in the middle, who passes everything on: the login fails all the same, and he
/// is never in.
/// </summary>
public sealed class ManInTheMiddleTests
{
    private const string Password = "correct horse battery";

    private static readonly TestAccount[] Accounts = [new("ann", Password, "member")];

    public static TheoryData<string> Ways => new(Changes.Keys);

    // What he does to the frames that pass.
    private static Dictionary<string, Func<Func<Frame, Frame>>> Changes { get; } = new()
    {
        ["relays"] = () => frame => frame,
        ["offers the weaker binding alone"] = () => Hello(hello => hello with { ChannelBindings = [ChannelBinding.TlsServerEndPoint] }),
        ["strips -PLUS"] = () => Hello(WithoutPlus),
        ["strips the bindings"] = () => Hello(hello => hello with { ChannelBindings = null }),
        ["strips -PLUS and changes the flag"] = () => Then(
            Hello(WithoutPlus), Data(text => text.Replace("y,,n=", "n,,n=", StringComparison.Ordinal))),
        ["strips -PLUS and changes all that shows it"] = CoverUp,
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_login_by_password_through_him_fails(string way) => ExpectFailureAsync(way, _ => Credentials.OfPassword(Password));

    [Theory]
    [MemberData(nameof(Ways))]
    public Task A_login_by_key_through_him_fails(string way) =>
        ExpectFailureAsync(way, server => Credentials.OfKey(server.KeyOf("ann")));

    [Fact]
    public async Task A_client_that_knows_the_server_does_not_talk_to_him()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        await using var middle = new ManInTheMiddle(server.TlsEndpoint, frame => frame);

        var options = OptionsThrough(middle, server, Credentials.OfPassword(Password)) with { Fingerprint = server.Fingerprint };
        await Assert.ThrowsAsync<ServerIdentityException>(() => ActorNetClient.ConnectAsync(options)).InTime();
    }

    private static async Task ExpectFailureAsync(string way, Func<ServerFixture, Credentials> credentials)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        await using var middle = new ManInTheMiddle(server.TlsEndpoint, Changes[way]());

        await Assert.ThrowsAsync<LoginFailedException>(
            () => ActorNetClient.ConnectAsync(OptionsThrough(middle, server, credentials(server)))).InTime();

        Assert.DoesNotContain(FrameType.Authenticated, await middle.FromServerAsync());
    }

    private static ClientOptions OptionsThrough(ManInTheMiddle middle, ServerFixture server, Credentials credentials) =>
        server.OptionsFor("ann", credentials, Transport.Tls) with
        {
            Server = new ServerAddress(middle.Endpoint.Address.ToString(), middle.Endpoint.Port, Transport.Tls),
            Fingerprint = middle.Fingerprint,
        };

    private static ServerHello WithoutPlus(ServerHello hello) => hello with
    {
        Mechanisms = [.. hello.Mechanisms.Where(name => !name.EndsWith("-PLUS", StringComparison.Ordinal))],
        ChannelBindings = null,
    };

    // Both sides are to see a conversation that fits: the flags, and the hash of the HELLOs that each of them saw.
    private static Func<Frame, Frame> CoverUp()
    {
        ReadOnlyMemory<byte> client = default, shown = default;
        var strip = Hello(WithoutPlus);
        var rewrite = Data(text => text
            .Replace("y,,n=", "n,,n=", StringComparison.Ordinal)
            .Replace($"c={Convert.ToBase64String("y,,"u8)}", $"c={Convert.ToBase64String("n,,"u8)}", StringComparison.Ordinal));
        return frame =>
        {
            var changed = rewrite(strip(frame));
            if (frame.Type == FrameType.Hello && client.IsEmpty) client = frame.Payload.ToArray();
            else if (frame.Type == FrameType.Hello) shown = changed.Payload.ToArray();
            return Data(text => text.Contains(",h=", StringComparison.Ordinal)
                ? $"{text[..text.IndexOf(",h=", StringComparison.Ordinal)]},h={Convert.ToBase64String(HashOf(client, shown))}"
                : text)(changed);
        };
    }

    // As HelloParts has it: both payloads, each with its length before it.
    private static byte[] HashOf(ReadOnlyMemory<byte> client, ReadOnlyMemory<byte> server)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in new[] { client, server })
        {
            var length = new byte[sizeof(uint)];
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(length, (uint)part.Length);
            hash.AppendData(length);
            hash.AppendData(part.Span);
        }

        return hash.GetHashAndReset();
    }

    private static Func<Frame, Frame> Then(Func<Frame, Frame> first, Func<Frame, Frame> second) => frame => second(first(frame));

    private static Func<Frame, Frame> Hello(Func<ServerHello, ServerHello> change) => frame =>
        frame.Type == FrameType.Hello && Encoding.UTF8.GetString(frame.Payload.Span).Contains("\"mechanisms\"", StringComparison.Ordinal)
            ? change(ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ServerHello)).ToFrame()
            : frame;

    // Only what SCRAM says is text.
    private static Func<Frame, Frame> Data(Func<string, string> change) => frame =>
    {
        if (frame.Type != FrameType.Auth) return frame;
        var auth = ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Authenticate);
        return auth.Mechanism.StartsWith("SCRAM", StringComparison.Ordinal)
            ? (auth with { Data = Encoding.UTF8.GetBytes(change(Encoding.UTF8.GetString(auth.Data))) }).ToFrame()
            : frame;
    };
}
