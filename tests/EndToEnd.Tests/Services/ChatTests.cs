using ActorNet.Client;
using ActorNet.Client.Chat;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Services;

public sealed class ChatTests
{
    [Fact]
    public async Task Two_who_speak_at_once_hear_one_order()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var alice = await JoinAsync(server, "Alice");
        await using var bob = await JoinAsync(server, "Bob");

        await Task.WhenAll(SayAsync(alice.Chat, "a", 50), SayAsync(bob.Chat, "b", 50)).InTime();

        var heard = await MessagesAsync(alice.Chat, 100);
        Assert.Equal(heard, await MessagesAsync(bob.Chat, 100));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (long)i), heard.Select(message => message.Sequence));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"a{i}"), TextsOf("Alice"));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => $"b{i}"), TextsOf("Bob"));

        IEnumerable<string> TextsOf(string name) => heard.Where(m => m.From.Name == name).Select(m => m.Text);
    }

    [Fact]
    public async Task Who_leaves_is_told_of_and_hears_nothing_more()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var alice = await JoinAsync(server, "Alice");
        await using var bob = await JoinAsync(server, "Bob");
        Assert.Equal(["Alice", "Bob"], (await alice.Chat.WhoPageAsync("lobby").InTime()).Members.Select(m => m.Name));

        await bob.Chat.LeaveAsync("lobby").InTime();
        await alice.Chat.SayAsync("lobby", "are you there?").InTime();
        // The marker: what Bob hears next is of the room he joins now.
        await bob.Chat.JoinAsync("attic").InTime();
        await bob.Chat.SayAsync("attic", "alone").InTime();

        Assert.Equal("alone", (await MessagesAsync(bob.Chat, 1))[0].Text);
        Assert.Equal(["Alice"], (await alice.Chat.WhoPageAsync("lobby").InTime()).Members.Select(m => m.Name));
        var seen = await EventsAsync(alice.Chat, 3);
        Assert.Equal("Bob", Assert.IsType<MemberJoined>(seen[0]).Member.Name);
        Assert.Equal("Bob", Assert.IsType<MemberLeft>(seen[1]).Member.Name);
        Assert.Equal("are you there?", Assert.IsType<RoomMessage>(seen[2]).Text);
    }

    [Fact]
    public async Task What_a_stranger_to_the_room_says_is_refused()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var chat = await client.OpenChatAsync().InTime();

        var refused = await Assert.ThrowsAsync<ActorNetException>(() => chat.SayAsync("lobby", "hello?").InTime());

        Assert.Equal(Protocol.ErrorCode.NotFound, refused.Code);
    }

    [Fact]
    public async Task A_client_that_is_killed_has_left_its_room()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var alice = await JoinAsync(server, "Alice");
        using var bob = await JoinRawAsync(server);

        bob.Reset();

        var seen = await EventsAsync(alice.Chat, 2);
        Assert.Equal(new MemberLeft("lobby", new ChatMember("admin", "Bob"), 1), seen[1]);
    }

    [Fact]
    public async Task Members_that_are_killed_while_everybody_talks_disturb_nobody()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var alice = await JoinAsync(server, "Alice");
        await using var bob = await JoinAsync(server, "Bob");
        var members = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => JoinRawAsync(server)));
        var talking = Task.WhenAll(SayAsync(alice.Chat, "a", 200), SayAsync(bob.Chat, "b", 200));

        foreach (var member in members) member.Reset();

        await talking.InTime();
        Assert.Equal(await MessagesAsync(alice.Chat, 400), await MessagesAsync(bob.Chat, 400));
    }

    [Fact]
    public async Task Two_hundred_in_one_room_get_every_message_in_order()
    {
        const int speakers = 10, each = 20;
        await using var server = await ServerFixture.StartAsync("actornet.chat.presence-limit=0");
        var members = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => JoinAsync(server, $"m{i}")));

        await Task.WhenAll(members.Take(speakers).Select((m, i) => SayAsync(m.Chat, $"{i}:", each))).InTime();

        var heard = await Task.WhenAll(members.Select(m => MessagesAsync(m.Chat, speakers * each)));
        Assert.Equal(Enumerable.Range(1, speakers * each).Select(i => (long)i), heard[0].Select(m => m.Sequence));
        Assert.All(heard, h => Assert.Equal(heard[0], h));
        foreach (var member in members) await member.DisposeAsync();
    }

    private static async Task<Member> JoinAsync(ServerFixture server, string name)
    {
        var client = await server.ConnectAsync();
        var chat = await client.OpenChatAsync(new ChatOptions(name)).InTime();
        await chat.JoinAsync("lobby").InTime();
        return new Member(client, chat);
    }

    private static async Task<RawPeer> JoinRawAsync(ServerFixture server)
    {
        var peer = await server.LoginRawAsync();
        await peer.OpenAsync(1, ServiceNames.Chat, new ChatOptions("Bob"), ProtocolJsonContext.Default.ChatOptions);
        await peer.SendAsync(RawChannels.Message(1, new JoinRoom(1, "lobby"), ProtocolJsonContext.Default.ChatRequest));
        await peer.ReadAsync(FrameType.Message);
        return peer;
    }

    private static async Task SayAsync(ChatChannel chat, string prefix, int count)
    {
        for (var i = 1; i <= count; i++) await chat.SayAsync("lobby", $"{prefix}{i}");
    }

    private static async Task<List<RoomMessage>> MessagesAsync(ChatChannel chat, int count)
    {
        using var deadline = new CancellationTokenSource(Deadline.Time);
        return await chat.ReadEventsAsync(deadline.Token).OfType<RoomMessage>().Take(count).ToListAsync(deadline.Token);
    }

    private static async Task<List<ChatEvent>> EventsAsync(ChatChannel chat, int count)
    {
        using var deadline = new CancellationTokenSource(Deadline.Time);
        return await chat.ReadEventsAsync(deadline.Token).Take(count).ToListAsync(deadline.Token);
    }

    private sealed record Member(ActorNetClient Client, ChatChannel Chat) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Client.DisposeAsync();
    }
}
