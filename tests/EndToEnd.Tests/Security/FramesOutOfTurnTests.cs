using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>Frames of every kind where they do not belong: none is acted on, the connection is closed with one reason.</summary>
public sealed class FramesOutOfTurnTests
{
    private static readonly FrameType[] AllButAuth = [.. Enum.GetValues<FrameType>().Where(type => type != FrameType.Auth)];
    private static readonly TestAccount[] Accounts = [new("ann", "correct horse battery", "admin")];

    [Fact]
    public Task Before_any_other_frame() => ForEachAsync(Enum.GetValues<FrameType>(), async (server, peer, type) =>
    {
        await peer.SendAsync(FramesOf(server, type, RawPeer.Hello(), RawPeer.Hello()));

        if (type != FrameType.Hello) return;
        await peer.ReadAsync(FrameType.Hello);
        await peer.SendAsync(new Goodbye().ToFrame());
    });

    [Fact]
    public Task Between_HELLO_and_the_login() => ForEachAsync(AllButAuth, async (server, peer, type) =>
    {
        var login = await RawScram.HelloAsync(peer);

        await peer.SendAsync(FramesOf(server, type, login.ClientHello, login.ServerHello));
    });

    [Fact]
    public Task Between_the_two_steps_of_a_login() => ForEachAsync(AllButAuth, async (server, peer, type) =>
    {
        var login = await RawScram.HelloAsync(peer);
        await login.BeginAsync("ann");

        await peer.SendAsync(FramesOf(server, type, login.ClientHello, login.ServerHello));
    });

    [Fact]
    public Task After_a_failed_login() => ForEachAsync(Enum.GetValues<FrameType>(), async (server, peer, type) =>
    {
        var login = await RawScram.HelloAsync(peer);
        var scram = await login.BeginAsync("ann");

        // In one piece: they are there before the failure is known.
        await peer.SendAsync([RawScram.WrongFinal(scram), .. FramesOf(server, type, login.ClientHello, login.ServerHello)]);
    });

    [Theory]
    [InlineData(FrameType.Hello)]
    [InlineData(FrameType.Auth)]
    [InlineData(FrameType.Authenticated)]
    public async Task A_second_login_ends_the_first(FrameType type)
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);
        var auth = RawPeer.Auth(login.ClientHello, login.ServerHello, "ann", server.KeyOf("ann"));
        await peer.SendAsync(auth);
        await peer.ReadAsync(FrameType.Authenticated);

        await peer.SendAsync(FramesOf(server, type, login.ClientHello, login.ServerHello));

        Assert.Equal(ErrorCode.ProtocolViolation, (await ExpectEndAsync(server, peer)).Code);
    }

    [Fact]
    public async Task What_came_with_a_right_login_before_its_answer_ends_it()
    {
        await using var server = await ServerFixture.StartAsync(Accounts);
        using var peer = await server.ConnectRawAsync();
        var login = await RawScram.HelloAsync(peer);

        await peer.SendAsync(
            [.. FramesOf(server, FrameType.Auth, login.ClientHello, login.ServerHello), .. FramesOf(server, FrameType.Open, default, default)]);

        await ExpectEndAsync(server, peer);
    }

    // One node, a connection for each; ann may fail as often as there are types.
    private static async Task ForEachAsync(IEnumerable<FrameType> types, Func<ServerFixture, RawPeer, FrameType, Task> act)
    {
        await using var server = await ServerFixture.StartAsync(Accounts, "actornet.login.free-failures=100");
        foreach (var type in types)
        {
            using var peer = await server.ConnectRawAsync();
            await act(server, peer, type);
            var goodbye = await ExpectEndAsync(server, peer);
            // Theirs was the first word of the end, and is no fault.
            Assert.True(goodbye.Code is not null || type is FrameType.Goodbye or FrameType.Hello, $"no code after {type}");
        }
    }

    // GOODBYE, then nothing; and nothing was done.
    private static async Task<Goodbye> ExpectEndAsync(ServerFixture server, RawPeer peer)
    {
        var goodbye = await peer.ReadGoodbyeAndEndAsync();
        peer.Dispose();
        Assert.Empty(await server.LeftAsync());
        Assert.Empty(server.Processes.Alive());
        Assert.False(File.Exists(server.PathOf("made")));
        return goodbye;
    }

    private static Frame[] FramesOf(ServerFixture server, FrameType type, Frame clientHello, Frame serverHello) => type switch
    {
        FrameType.Hello => [RawPeer.Hello()],
        FrameType.Auth => [RawPeer.Auth(clientHello, serverHello, "ann", server.KeyOf("ann"))],
        FrameType.Authenticated => [new Authenticated("ann", new byte[32], "node", [], 64).ToFrame()],
        FrameType.Goodbye => [new Goodbye().ToFrame()],
        FrameType.Open =>
        [
            RawChannels.Open(1, ServiceNames.Exec, new ExecRequest(["sleep", "1000"]), ProtocolJsonContext.Default.ExecRequest, 1000),
            RawChannels.Open<FileRequest>(2, ServiceNames.Files, new PutFile("made", 0), ProtocolJsonContext.Default.FileRequest, 1000),
        ],
        FrameType.Message =>
            [RawChannels.Message<ChatRequest>(1, new JoinRoom(1, "lobby"), ProtocolJsonContext.Default.ChatRequest)],
        FrameType.Window => [RawChannels.Window(1, 1000)],
        FrameType.Ping or FrameType.Pong => [new Frame(type, 0, "12345678"u8.ToArray())],
        FrameType.Eof => [new Frame(type, 1, default)],
        FrameType.Opened => [new Frame(type, 1, "{}"u8.ToArray())],
        FrameType.Close => [new ChannelClosed().ToFrame(1)],
        FrameType.Refused => [new ChannelRefused(ErrorCode.Forbidden, "no").ToFrame(1)],
        _ => [new Frame(type, 1, new byte[10])],
    };
}
