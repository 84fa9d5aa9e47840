using ActorNet.Client.Chat;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Chat;

public sealed class ChatChannelTests : ConnectedTest
{
    private static readonly ChatMember Bob = new("bob", "Bob");

    [Fact]
    public async Task Open_carries_the_name_to_show()
    {
        var opening = Client.OpenChatAsync(new ChatOptions("Alice"));
        var (_, open) = await Peer.OpenAsync();
        await using var chat = await opening;
        Assert.Equal(ServiceNames.Chat, open.Service);
        Assert.Equal(
            new ChatOptions("Alice"), ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.ChatOptions));
        Assert.True(open.Window >= 512 * 1024);
    }

    [Fact]
    public async Task Answers_find_their_requests_in_any_order()
    {
        var (chat, channel) = await OpenAsync();
        var joining = chat.JoinAsync("a");
        var saying = chat.SayAsync("b", "hello");
        var join = Assert.IsType<JoinRoom>(await ExpectAsync());
        var say = Assert.IsType<Say>(await ExpectAsync());
        await SendAsync(channel, new Said(say.Id, "b", 7));
        await SendAsync(channel, new RoomJoined(join.Id, "a", 3, 2));
        Assert.Equal(7, (await saying.WaitAsync(FakeServer.Patience)).Sequence);
        Assert.Equal(3, (await joining.WaitAsync(FakeServer.Patience)).Sequence);
    }

    [Fact]
    public async Task Error_answer_is_an_exception_with_its_code_and_the_channel_goes_on()
    {
        var (chat, channel) = await OpenAsync();
        var joining = chat.JoinAsync("a b");
        await SendAsync(channel, new ChatError((await ExpectAsync()).Id, ErrorCode.Invalid, "no such name"));
        var e = await Assert.ThrowsAsync<ActorNetException>(() => joining);
        Assert.Equal(ErrorCode.Invalid, e.Code);
        var leaving = chat.LeaveAsync("a");
        await SendAsync(channel, new RoomLeft((await ExpectAsync()).Id, "a"));
        await leaving.WaitAsync(FakeServer.Patience);
    }

    [Fact]
    public async Task Who_asks_page_by_page()
    {
        var (chat, channel) = await OpenAsync();
        var all = chat.WhoAsync("a").ToListAsync().AsTask();
        var first = Assert.IsType<ListMembers>(await ExpectAsync());
        Assert.Null(first.After);
        await SendAsync(channel, new RoomMembers(first.Id, "a", [Bob], 2, "bob"));
        var second = Assert.IsType<ListMembers>(await ExpectAsync());
        Assert.Equal("bob", second.After);
        await SendAsync(channel, new RoomMembers(second.Id, "a", [new ChatMember("carol", "carol")], 2));
        Assert.Equal(["bob", "carol"], (await all.WaitAsync(FakeServer.Patience)).Select(m => m.Account));
    }

    [Fact]
    public async Task Events_come_in_order_and_are_granted_when_they_are_read()
    {
        var (chat, channel) = await OpenAsync();
        var sent = 0;
        for (var i = 1; sent <= 256 * 1024; i++)
        {
            var message = new RoomMessage("a", i, Bob, new string('x', 30_000), DateTimeOffset.UnixEpoch);
            sent += ProtocolJson.Encode<ChatEvent>(message, ProtocolJsonContext.Default.ChatEvent).Length;
            await SendAsync(channel, message);
        }

        await Peer.ExpectNothingBeforePongAsync();
        var expected = 1L;
        await foreach (var happened in chat.ReadEventsAsync())
        {
            Assert.Equal(expected++, Assert.IsType<RoomMessage>(happened).Sequence);
            if (expected == 10) break;
        }

        Assert.True(WindowGrant.Parse(await Peer.ExpectAsync(FrameType.Window)) >= 256 * 1024);
    }

    [Fact]
    public async Task Slow_consumer_gets_what_came_before_and_then_the_reason()
    {
        var (chat, channel) = await OpenAsync();
        await SendAsync(channel, new MemberJoined("a", Bob, 2));
        await Peer.SendAsync(new ChannelClosed(ErrorCode.SlowConsumer, "too slow").ToFrame(channel));
        var seen = new List<ChatEvent>();
        var e = await Assert.ThrowsAsync<ActorNetException>(async () =>
        {
            await foreach (var happened in chat.ReadEventsAsync()) seen.Add(happened);
        });
        Assert.Equal(ErrorCode.SlowConsumer, e.Code);
        Assert.Equal(new MemberJoined("a", Bob, 2), Assert.Single(seen));
        await Assert.ThrowsAsync<ActorNetException>(() => chat.SayAsync("a", "x"));
    }

    [Fact]
    public async Task Message_that_is_not_of_chat_closes_the_channel_only()
    {
        var (chat, channel) = await OpenAsync();
        var joining = chat.JoinAsync("a");
        await ExpectAsync();
        await Peer.SendAsync(new Frame(FrameType.Message, channel, "{\"type\":\"nonsense\"}"u8.ToArray()));
        var close = await Peer.ExpectAsync(FrameType.Close, ProtocolJsonContext.Default.ChannelClosed);
        Assert.Equal(ErrorCode.Invalid, close.Code);
        await Assert.ThrowsAsync<ActorNetException>(() => joining.WaitAsync(FakeServer.Patience));
        await Peer.ExpectNothingBeforePongAsync();
    }

    [Fact]
    public async Task Cancelled_request_does_not_mind_its_late_answer()
    {
        var (chat, channel) = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var joining = chat.JoinAsync("a", cancel.Token);
        var id = (await ExpectAsync()).Id;
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => joining);
        await SendAsync(channel, new RoomJoined(id, "a", 1, 1));
        await Peer.ExpectNothingBeforePongAsync();
    }

    [Fact]
    public async Task Message_beyond_a_frame_is_refused_here()
    {
        var (chat, _) = await OpenAsync();
        var e = await Assert.ThrowsAsync<ActorNetException>(
            () => chat.SayAsync("a", new string('x', ProtocolLimits.MaxPayload)));
        Assert.Equal(ErrorCode.TooLarge, e.Code);
        await Peer.ExpectNothingBeforePongAsync();
    }

    private async Task<(ChatChannel Chat, uint Channel)> OpenAsync()
    {
        var opening = Client.OpenChatAsync();
        var (channel, _) = await Peer.OpenAsync();
        return (await opening.WaitAsync(FakeServer.Patience), channel);
    }

    private Task<ChatRequest> ExpectAsync() =>
        Peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ChatRequest);

    private Task SendAsync(uint channel, ChatEvent message) =>
        Peer.SendMessageAsync(channel, message, ProtocolJsonContext.Default.ChatEvent);
}
