using ActorNet.Protocol;
using ActorNet.Protocol.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatSoakTests : ChatFixture
{
    private const int Requests = 1500;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Whatever_clients_do_each_request_has_one_answer_and_each_room_one_order(int seed)
    {
        var chat = StartChat();
        var limits = Limits with { MaxRequests = 10_000 };
        var clients = Enumerable.Range(0, 4).Select(i => Connect(chat, $"client{i}", limits)).ToArray();
        var random = new Random(seed);

        for (var id = 1; id <= Requests; id++)
        {
            foreach (var client in clients) client.Send(Any(random, id));
        }

        var texts = new Dictionary<(string Room, string Text), long>();
        foreach (var client in clients) Check(client, texts);
    }

    private static ChatRequest Any(Random random, int id)
    {
        var room = random.Next(3) switch { 0 => "one", 1 => "two", _ => "not a room" };
        return random.Next(10) switch
        {
            < 2 => new JoinRoom(id, room),
            < 3 => new LeaveRoom(id, room),
            < 4 => new ListMembers(id, room),
            _ => new Say(id, room, $"{Guid.NewGuid()}"),
        };
    }

    // Reads one client's events up to its last answer.
    private static void Check(ChatClient client, Dictionary<(string Room, string Text), long> texts)
    {
        var answered = new HashSet<long>();
        var next = new Dictionary<string, long>();
        while (answered.Count < Requests)
        {
            switch (client.NextEvent())
            {
                case RoomJoined joined:
                    Assert.True(answered.Add(joined.Id));
                    Assert.True(next.TryAdd(joined.Room, joined.Sequence + 1));
                    break;
                case RoomLeft left:
                    Assert.True(answered.Add(left.Id));
                    Assert.True(next.Remove(left.Room));
                    break;
                case Said said:
                    Assert.True(answered.Add(said.Id));
                    Assert.Equal(next[said.Room], said.Sequence);
                    break;
                case RoomMembers members:
                    Assert.True(answered.Add(members.Id));
                    break;
                case ChatError error:
                    Assert.True(answered.Add(error.Id));
                    Assert.Contains(error.Code, new[] { ErrorCode.Invalid, ErrorCode.NotFound, ErrorCode.Conflict });
                    break;
                case RoomMessage message:
                    Assert.Equal(next[message.Room]++, message.Sequence);
                    if (!texts.TryAdd((message.Room, message.Text), message.Sequence))
                        Assert.Equal(texts[(message.Room, message.Text)], message.Sequence);
                    break;
                case MemberJoined or MemberLeft:
                    break;
                default:
                    Assert.Fail("An event of no known kind.");
                    break;
            }
        }
    }
}
