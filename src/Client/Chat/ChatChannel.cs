using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorNet.Client.Channels;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Chat;

/// <summary>
/// A channel to the service <c>chat</c>; may be in several rooms. Requests may be made at the same time, from anywhere.
/// Pushes wait for
/// <see cref="ReadEventsAsync"/> up to the channel's window (512 KiB); who does not read them at all is closed as a
/// slow consumer.
/// </summary>
public sealed class ChatChannel : IAsyncDisposable, IChannelService
{
    private readonly PendingRequests _requests = new();
    private readonly Channel<ReceivedEvent> _events =
        Channel.CreateUnbounded<ReceivedEvent>(new UnboundedChannelOptions { SingleWriter = true });
    private ClientChannel _channel = null!;

    internal ChatChannel()
    {
    }

    /// <summary>
    /// Enters a room, which is made if it is not there; messages after the answer's sequence number will be pushed.
    /// </summary>
    /// <exception cref="ActorNetException">The server's code: <c>invalid</c> for a name no room may have,
    /// <c>too-many</c>, …</exception>
    public Task<RoomJoined> JoinAsync(string room, CancellationToken cancellation = default) =>
        AskAsync<RoomJoined>(id => new JoinRoom(id, room), cancellation);

    /// <summary>Leaves a room; nothing more of it is pushed after the answer.</summary>
    public Task<RoomLeft> LeaveAsync(string room, CancellationToken cancellation = default) =>
        AskAsync<RoomLeft>(id => new LeaveRoom(id, room), cancellation);

    /// <summary>
    /// Says something in a room that this channel has joined; the answer has its place in the room's order.
    /// </summary>
    public Task<Said> SayAsync(string room, string text, CancellationToken cancellation = default) =>
        AskAsync<Said>(id => new Say(id, room, text), cancellation);

    /// <summary>
    /// One page of a room's members; null asks for the first, <see cref="RoomMembers.Next"/> for the one after.
    /// </summary>
    public Task<RoomMembers> WhoPageAsync(
        string room, string? after = null, CancellationToken cancellation = default) =>
        AskAsync<RoomMembers>(id => new ListMembers(id, room, after), cancellation);

    /// <summary>Everybody in a room, asked for page by page. Who comes or goes meanwhile may be missed.</summary>
    public async IAsyncEnumerable<ChatMember> WhoAsync(
        string room, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        string? after = null;
        do
        {
            var page = await WhoPageAsync(room, after, cancellation);
            foreach (var member in page.Members) yield return member;
            after = page.Next;
        }
        while (after is not null);
    }

    /// <summary>
    /// <see cref="RoomMessage"/>, <see cref="MemberJoined"/> and <see cref="MemberLeft"/> of every room joined, in the
    /// server's order, until the channel is closed. One reader at a time; a later call goes on where the one before
    /// stopped.
    /// </summary>
    /// <exception cref="ActorNetException">The channel or the connection ended with a reason.</exception>
    public async IAsyncEnumerable<ChatEvent> ReadEventsAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var received in _events.Reader.ReadAllAsync(cancellation))
        {
            _channel.Consume(received.Bytes);
            yield return received.Event;
        }
    }

    /// <summary>Closes the channel, which leaves its rooms.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();

    internal void Attach(ClientChannel channel) => _channel = channel;

    /// <inheritdoc />
    bool IChannelService.HandleMessage(ClientChannel channel, ReadOnlyMemory<byte> json)
    {
        var said = ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChatEvent);
        if (said is RoomMessage or MemberJoined or MemberLeft)
            return !_events.Writer.TryWrite(new ReceivedEvent(said, json.Length));
        _requests.Answer(said);
        return true;
    }

    /// <inheritdoc />
    void IChannelService.HandleEnd(ActorNetException? reason)
    {
        _requests.Fail(reason ?? new ActorNetException(null, "the server has closed the chat channel"));
        _events.Writer.TryComplete(reason is { Code: null } and not ConnectionLostException ? null : reason);
    }

    private async Task<T> AskAsync<T>(Func<long, ChatRequest> create, CancellationToken cancellation)
        where T : ChatEvent
    {
        var (id, answer) = _requests.Start();
        try
        {
            var json = ProtocolJson.Encode(create(id), ProtocolJsonContext.Default.ChatRequest);
            await _channel.SendMessageAsync(json, cancellation);
            return await answer.WaitAsync(cancellation) switch
            {
                T expected => expected,
                ChatError error => throw new ActorNetException(error.Code, error.Message),
                var other => throw new ActorNetException(
                    ErrorCode.ProtocolViolation,
                    $"the server answered {other.GetType().Name} where {typeof(T).Name} belongs"),
            };
        }
        finally
        {
            _requests.Forget(id);
        }
    }

    private readonly record struct ReceivedEvent(ChatEvent Event, int Bytes);
}
