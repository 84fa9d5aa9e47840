using System.Runtime.CompilerServices;
using ActorNet.Client.Commands;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Tests.Commands;

public sealed class ChatTalkTests : ConnectedTest
{
    [Fact]
    public async Task What_ends_the_room_is_told_also_when_the_lines_end_before_it()
    {
        var opening = Client.OpenChatAsync();
        var (channel, _) = await Peer.OpenAsync();
        var chat = await opening;
        var talk = new ChatTalk(chat, "lobby", new SilentConsole(), new ChatLines(TimeZoneInfo.Utc, ChatLineStyle.Plain));
        var talking = talk.RunAsync(greet: false, CancellationToken.None);
        var join = await Peer.ExpectAsync(FrameType.Message, ProtocolJsonContext.Default.ChatRequest);
        await Peer.SendMessageAsync<ChatEvent>(channel, new RoomJoined(join.Id, "lobby", 0, 1), ProtocolJsonContext.Default.ChatEvent);
        await Peer.SendAsync(new ChannelClosed(ErrorCode.Forbidden, "the right was taken away").ToFrame(channel));

        var failure = await Assert.ThrowsAnyAsync<ActorNetException>(() => talking).WaitAsync(FakeServer.Patience);

        Assert.Equal(ErrorCode.Forbidden, failure.Code);
    }

    /// <summary>Nobody types; its wait ends within the very call that cancels it.</summary>
    private sealed class SilentConsole : IChatConsole
    {
        public void Print(string line)
        {
        }

        public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
        {
            var never = new TaskCompletionSource();
            await using var registration = cancellation.Register(() => never.SetCanceled(cancellation));
            await never.Task;
            yield break;
        }

        public void Close()
        {
        }
    }
}
