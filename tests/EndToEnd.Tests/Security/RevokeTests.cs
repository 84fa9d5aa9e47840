using System.Diagnostics;
using ActorNet.Client;
using ActorNet.Client.Chat;
using ActorNet.Client.Exec;
using ActorNet.Client.Profiles;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>What was given and is taken away ends while it is in use, in under a second, and nothing else ends with it.</summary>
[Collection(nameof(Loud))]
public sealed class RevokeTests
{
    private const string Password = "correct horse battery";

    private static readonly string[] Settings =
    [
        "actornet.accounts.poll-interval=100ms",
        "actornet.access.roles.rooms.allow=[\"chat.join:*\"]", "actornet.access.roles.rooms.deny=[]",
        "actornet.access.roles.programs.allow=[\"exec.*\", \"file.*\"]", "actornet.access.roles.programs.deny=[]",
    ];

    private static readonly TestAccount[] Accounts =
        [new("ann", Password, "rooms", "programs"), new("bob", Password, "rooms", "programs")];

    [Theory]
    [InlineData("user disable ann", Transport.Tcp)]
    [InlineData("user disable ann", Transport.Tls)]
    [InlineData("user delete ann --yes", Transport.Tcp)]
    [InlineData("key revoke KEY", Transport.Tcp)]
    public async Task All_that_is_open_ends_within_a_second(string command, Transport transport)
    {
        await using var server = await ServerFixture.StartAsync(Accounts, Settings);
        await using var ann = await Busy.StartAsync(server, "ann", transport: transport);
        await using var bob = await Busy.StartAsync(server, "bob", withTransfers: Transfers.None);
        Assert.Single(server.Partials);

        await server.CommandAsync(command.Replace("KEY", server.KeyIdOf("ann"), StringComparison.Ordinal).Split(' '));
        var clock = Stopwatch.StartNew();
        await ann.ExpectAllEndedAsync();
        Assert.Empty(await server.TransfersLeftAsync());
        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time, bob.Command.Pid));

        Assert.True(clock.Elapsed < Deadline.Soon, $"it took {clock.Elapsed}");
        Assert.Equal([bob.Command.Pid], server.Processes.Alive());
        Assert.Empty(server.Partials);
        Assert.False(File.Exists(server.PathOf("up-ann")));
        await ann.ExpectTransfersEndedAsync();
        await bob.ExpectUndisturbedAsync();
        var refused = await Assert.ThrowsAsync<LoginFailedException>(() => server.ConnectAsync("ann"));
        Assert.Equal(ErrorCode.Unauthenticated, refused.Code);
    }

    [Theory]
    [InlineData(Transport.Tcp)]
    [InlineData(Transport.Tls)]
    public async Task Who_reads_nothing_any_more_keeps_nothing_running(Transport transport)
    {
        await using var server = await ServerFixture.StartAsync(Accounts, Settings);
        await File.WriteAllBytesAsync(server.PathOf("down"), Content.Of(64 * Content.MiB, seed: 2));
        using var peer = transport == Transport.Tls
            ? await RawPeer.ConnectTlsAsync(server.TlsEndpoint, receiveBuffer: 4 * Content.KiB)
            : await RawPeer.ConnectAsync(server.Endpoint, receiveBuffer: 4 * Content.KiB);
        await peer.LoginAsync("ann", server.KeyOf("ann"));
        await peer.SendAsync(
            RawChannels.Open(1, ServiceNames.Exec, new ExecRequest(["cat", "/dev/zero"]), ProtocolJsonContext.Default.ExecRequest, 64 * Content.MiB),
            RawChannels.Open<FileRequest>(2, ServiceNames.Files, new GetFile("down"), ProtocolJsonContext.Default.FileRequest, 64 * Content.MiB));
        for (var opened = 0; opened < 2;)
            if ((await peer.ReadAsync())!.Value.Type == FrameType.Opened)
                opened++;

        await server.CommandAsync("user", "disable", "ann");
        var clock = Stopwatch.StartNew();
        Assert.Empty(await server.TransfersLeftAsync());
        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));

        // Not even what was on its way to it keeps the connection.
        Assert.Empty(await server.LeftAsync());
        Assert.True(clock.Elapsed < Deadline.Soon, $"it took {clock.Elapsed}");
    }

    [Fact]
    public async Task A_role_that_is_taken_away_ends_what_it_gave_and_nothing_else()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, Settings);
        await using var ann = await Busy.StartAsync(server, "ann");

        await server.CommandAsync("user", "revoke-role", "ann", "programs");
        var clock = Stopwatch.StartNew();
        Assert.Equal(ErrorCode.Forbidden, (await Assert.ThrowsAnyAsync<ActorNetException>(() => ann.Command.Completion).InTime()).Code);
        Assert.Empty(await server.TransfersLeftAsync());
        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));

        Assert.True(clock.Elapsed < Deadline.Soon, $"it took {clock.Elapsed}");
        Assert.Empty(server.Partials);
        await ann.ExpectTransfersEndedAsync(ErrorCode.Forbidden);
        await ann.ExpectHeardAsync();
        var again = await Assert.ThrowsAnyAsync<ActorNetException>(() => ann.Client.ExecAsync(new ExecRequest(["true"])));
        Assert.Equal(ErrorCode.NotFound, again.Code);
        Assert.Equal(["rooms"], (await ann.Client.WhoAmIAsync().InTime()).Roles);
    }

    [Fact]
    public async Task A_role_that_is_given_holds_for_what_is_open_already()
    {
        await using var server = await ServerFixture.StartAsync([new TestAccount("ann", null, "rooms")], Settings);
        await using var client = await server.ConnectAsync("ann");

        await server.CommandAsync("user", "grant", "ann", "programs");
        var clock = Stopwatch.StartNew();
        while ((await client.WhoAmIAsync().InTime()).Roles.Count < 2) Assert.True(clock.Elapsed < Deadline.Time, $"it took {clock.Elapsed}");

        await using var command = await client.ExecAsync(new ExecRequest(["true"])).InTime();
        Assert.Equal(0, (await command.Completion.InTime()).ExitCode);
    }

    [Fact]
    public async Task Another_password_ends_the_sessions_by_password_and_leaves_those_by_key()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, Settings);
        await using var byPassword = await server.ConnectAsync("ann", Password);
        await using var byKey = await Busy.StartAsync(server, "ann", withTransfers: Transfers.None);
        await using var lost = await byPassword.ExecAsync(new ExecRequest(["sleep", "1000"])).InTime();

        await server.CommandAsync("user", "passwd", "ann", "--generate");
        var clock = Stopwatch.StartNew();
        await Assert.ThrowsAnyAsync<ActorNetException>(() => lost.Completion).InTime();
        Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time, byKey.Command.Pid));

        Assert.True(clock.Elapsed < Deadline.Soon, $"it took {clock.Elapsed}");
        await byKey.ExpectUndisturbedAsync();
        await Assert.ThrowsAsync<LoginFailedException>(() => server.ConnectAsync("ann", Password));
    }

    [Fact]
    public async Task What_is_disabled_and_enabled_again_logs_in()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, Settings);
        await using var ann = await server.ConnectAsync("ann");
        await using var chat = await ann.OpenChatAsync().InTime();

        await server.CommandAsync("user", "disable", "ann");
        await Assert.ThrowsAnyAsync<ActorNetException>(() => EndOf(chat)).InTime();
        await server.CommandAsync("user", "enable", "ann");

        var clock = Stopwatch.StartNew();
        while (true)
            try
            {
                await using var again = await server.ConnectAsync("ann");
                break;
            }
            catch (LoginFailedException) when (clock.Elapsed < Deadline.Time)
            {
                // The node has not looked yet.
            }
    }

    [Fact]
    public async Task A_command_that_is_kept_lives_to_its_end_without_its_client()
    {
        await using var server = await ServerFixture.StartAsync(Accounts, [.. Settings, "actornet.exec.on-revoke=keep"]);
        await using var client = await server.ConnectAsync("ann");
        await using var command = await client.ExecAsync(
            new ExecRequest(Shell: "mkfifo gate && echo ready && read line < gate && echo $line > done", Cwd: server.FilesRoot)).InTime();
        Assert.Equal("ready", await command.StandardOutput.ReadLineAsync());

        await server.CommandAsync("user", "disable", "ann");
        await Assert.ThrowsAnyAsync<ActorNetException>(() => command.Completion).InTime();

        Assert.Contains(command.Pid, server.Processes.Alive());
        // Opened for both, so that it is open at once.
        await using (var gate = new FileStream(server.PathOf("gate"), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            gate.Write("lived\n"u8);
            await gate.FlushAsync();
            Assert.Empty(await server.Processes.SurvivorsAsync(Deadline.Time));
        }

        Assert.Equal("lived\n", await File.ReadAllTextAsync(server.PathOf("done")));
    }

    private static async Task EndOf(ChatChannel chat)
    {
        await foreach (var _ in chat.ReadEventsAsync())
        {
        }
    }

    private enum Transfers
    {
        None,
        Both,
    }

    /// <summary>A client in a room, with a command that runs, a get whose reader is slow, and a put in its middle.</summary>
    private sealed class Busy(ActorNetClient client, ChatChannel chat, RemoteCommand command) : IAsyncDisposable
    {
        private readonly GatedStream _down = new();
        private readonly GatedStream _up = new(Content.Of(8 * Content.MiB, seed: 1));
        private bool _isOpen;

        public ActorNetClient Client => client;

        public RemoteCommand Command => command;

        public Task Get { get; private set; } = Task.CompletedTask;

        public Task Put { get; private set; } = Task.CompletedTask;

        public static async Task<Busy> StartAsync(
            ServerFixture server, string account, Transfers withTransfers = Transfers.Both, Transport transport = Transport.Tcp)
        {
            var client = await server.ConnectAsync(account, transport);
            var chat = await client.OpenChatAsync().InTime();
            await chat.JoinAsync("lobby").InTime();
            var busy = new Busy(client, chat, await client.ExecAsync(new ExecRequest(["sleep", "1000"])).InTime());
            if (withTransfers == Transfers.None) return busy;
            await File.WriteAllBytesAsync(server.PathOf("down"), Content.Of(64 * Content.MiB, seed: 2));
            busy.Get = client.GetFileAsync("down", busy._down);
            busy.Put = client.PutFileAsync(busy._up, 8 * Content.MiB, $"up-{account}");
            await busy._down.Reached.InTime();
            await busy._up.Reached.InTime();
            return busy;
        }

        /// <summary>The connection, the room and the command have ended at the client.</summary>
        public async Task ExpectAllEndedAsync()
        {
            await Assert.ThrowsAnyAsync<ActorNetException>(() => EndOf(chat)).InTime();
            await Assert.ThrowsAnyAsync<ActorNetException>(() => command.Completion).InTime();
            await Assert.ThrowsAnyAsync<ActorNetException>(() => client.PingAsync()).InTime();
        }

        /// <summary>Once its files are no longer slow, both transfers have failed.</summary>
        public async Task ExpectTransfersEndedAsync(ErrorCode? code = null)
        {
            OpenGates();
            foreach (var transfer in new[] { Get, Put })
            {
                var failure = await Assert.ThrowsAnyAsync<ActorNetException>(() => transfer).InTime();
                if (code is not null) Assert.Equal(code, failure.Code);
            }
        }

        /// <summary>What it says in its room comes back to it.</summary>
        public async Task ExpectHeardAsync()
        {
            using var deadline = new CancellationTokenSource(Deadline.Time);
            await chat.SayAsync("lobby", "still here", deadline.Token);
            await chat.ReadEventsAsync(deadline.Token).OfType<RoomMessage>().FirstAsync(m => m.Text == "still here", deadline.Token);
        }

        public async Task ExpectUndisturbedAsync()
        {
            await ExpectHeardAsync();
            Assert.False(command.Completion.IsCompleted);
        }

        public async ValueTask DisposeAsync()
        {
            OpenGates();
            await command.DisposeAsync();
            await chat.DisposeAsync();
            await client.DisposeAsync();
            // How they ended is not asked here, only that they did.
            await Task.WhenAll(Get, Put).ContinueWith(_ => { }, TaskScheduler.Default).InTime();
            await _down.DisposeAsync();
            await _up.DisposeAsync();
        }

        private void OpenGates()
        {
            if (_isOpen) return;
            _isOpen = true;
            _down.Open();
            _up.Open();
        }
    }
}
