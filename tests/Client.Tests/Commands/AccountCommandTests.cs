using System.Text.Json;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Commands;

public sealed class AccountCommandTests : IDisposable
{
    private static readonly object Alice = new
    {
        account = "alice",
        roles = new[] { "staff", "ops" },
        allow = new[] { "chat.join:*" },
        deny = Array.Empty<string>(),
        mechanism = "SCRAM-SHA-256-PLUS",
        credential = "password",
        connection = "c-17",
        protection = "TLS 1.3 \e[1m",
    };

    private readonly FakeServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Whoami_prints_account_rights_and_protection()
    {
        using var run = Start("whoami");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.OpenAsync(result: Alice);
        Assert.Equal(ServiceNames.Account, open.Service);
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal(
            """
            account:     alice
            node:        test-node
            roles:       staff, ops
            allowed:     chat.join:*
            denied:      none
            login:       SCRAM-SHA-256-PLUS, password
            protection:  TLS 1.3 ␛[1m
            connection:  c-17

            """, run.Out);
    }

    [Fact]
    public async Task Whoami_as_json_is_what_the_server_said()
    {
        using var run = Start("whoami", "--json");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: Alice);
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        using var json = JsonDocument.Parse(run.Out);
        Assert.Equal("c-17", json.RootElement.GetProperty("connection").GetString());
    }

    [Fact]
    public async Task Answer_that_is_none_of_whoami_is_an_error()
    {
        using var run = Start("whoami");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync(result: new { account = "alice" });
        await peer.ExpectAsync(FrameType.Close);
        await peer.SendAsync(new ChannelClosed().ToFrame(channel));
        await peer.ExpectAsync(FrameType.Goodbye);
        peer.Dispose();
        Assert.Equal(ExitCodes.Failed, await run.EndAsync());
        Assert.Contains("not as it should be", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_are_printed_from_all_pages()
    {
        using var run = Start("admin", "sessions");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.OpenAsync();
        Assert.Equal(ServiceNames.Admin, open.Service);
        Assert.IsType<ListSessions>(ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.AdminRequest));
        await SendAsync(peer, channel, new SessionPage([Entry("c-1", 1), Entry("c-2", 2)], Last: false));
        await SendAsync(peer, channel, new SessionPage([Entry("c-3", 0)], Last: true));
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        var lines = run.Out.TrimEnd('\n').Split('\n');
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("c-1 ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("alice (password, SCRAM-SHA-256), 1 channel", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("2 channels", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_that_break_off_are_an_error()
    {
        using var run = Start("admin", "sessions");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.OpenAsync();
        await SendAsync(peer, channel, new SessionPage([Entry("c-1", 1)], Last: false));
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Failed, await run.EndAsync());
    }

    [Fact]
    public async Task Disconnect_waits_for_the_end_of_the_connection()
    {
        using var run = Start("admin", "disconnect", "c-9");
        using var peer = await LogInAsync();
        var (channel, open) = await peer.OpenAsync();
        Assert.Equal(
            new DisconnectSession("c-9"), ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.AdminRequest));
        await SendAsync(peer, channel, new SessionDisconnected("c-9"));
        await CloseAsync(peer, channel);
        Assert.Equal(ExitCodes.Ok, await run.EndAsync());
        Assert.Equal("c-9: disconnected\n", run.Out);
    }

    [Fact]
    public async Task Service_that_is_not_for_this_account_is_named_with_those_that_are_and_whom_to_ask()
    {
        using var run = Start("admin", "sessions");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.ExpectOpenAsync();
        await peer.SendAsync(new ChannelRefused(ErrorCode.NotFound, "there is no such service").ToFrame(channel));
        await peer.ExpectAsync(FrameType.Goodbye);

        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
        Assert.Contains("the server has no service admin for this account, only chat, echo, exec, files (not-found)", run.Error, StringComparison.Ordinal);
        Assert.Contains("ask whoever runs the server for the right; actornet whoami shows yours", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connection_that_was_ended_with_its_account_is_nothing_to_try_again()
    {
        using var run = Start("whoami");
        using var peer = await LogInAsync();
        await peer.SendAsync(new Goodbye(ErrorCode.Forbidden, "the account was disabled").ToFrame());

        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
        Assert.Contains("the account was disabled (forbidden); ask whoever runs the server", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("again", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forbidden_says_whom_to_ask_and_where_to_look()
    {
        using var run = Start("admin", "disconnect", "c-9");
        using var peer = await LogInAsync();
        var (channel, _) = await peer.ExpectOpenAsync();
        await peer.SendAsync(new ChannelRefused(ErrorCode.Forbidden, "admin.disconnect is not yours").ToFrame(channel));
        await peer.ExpectAsync(FrameType.Goodbye);
        peer.Dispose();
        Assert.Equal(ExitCodes.NotAllowed, await run.EndAsync());
        Assert.EndsWith(
            "(forbidden); ask whoever runs the server for the right; actornet whoami shows yours\n", run.Error,
            StringComparison.Ordinal);
    }

    private static SessionEntry Entry(string connection, int channels) => new(
        connection, "alice", "192.0.2.7:50412", "SCRAM-SHA-256", "password", DateTimeOffset.UnixEpoch, channels);

    private static Task SendAsync(FakePeer peer, uint channel, AdminEvent happened) =>
        peer.SendMessageAsync(channel, happened, ProtocolJsonContext.Default.AdminEvent);

    private static async Task CloseAsync(FakePeer peer, uint channel)
    {
        await peer.SendEofAsync(channel);
        await peer.SendAsync(new ChannelClosed().ToFrame(channel));
        await peer.ExpectAsync(FrameType.Close);
        await peer.ExpectAsync(FrameType.Goodbye);
        peer.Dispose();
    }

    private CommandRun Start(params string[] args) =>
        new CommandRun().WithProfile(_server).Start([.. args, "--server", _server.Address.ToString()]);

    private async Task<FakePeer> LogInAsync()
    {
        var peer = await _server.AcceptAsync();
        await peer.LogInAsync();
        return peer;
    }
}
