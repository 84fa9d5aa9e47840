using ActorNet.Protocol;
using ActorNet.Protocol.Chat;

namespace ActorNet.Client.Chat;

/// <summary>Requests of a chat channel that wait for the answer with their id.</summary>
internal sealed class PendingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, TaskCompletionSource<ChatEvent>> _waiting = [];
    private long _last;
    private ActorNetException? _failed;

    /// <summary>A new request's id, and its answer.</summary>
    /// <exception cref="ActorNetException">The channel is over.</exception>
    public (long Id, Task<ChatEvent> Answer) Start()
    {
        lock (_gate)
        {
            if (_failed is not null) throw _failed;
            var waiting = _waiting[++_last] = new TaskCompletionSource<ChatEvent>(
                TaskCreationOptions.RunContinuationsAsynchronously);
            return (_last, waiting.Task);
        }
    }

    /// <summary>An answer came; one to a request that was cancelled meanwhile is dropped.</summary>
    /// <exception cref="ProtocolViolationException">There never was such a request.</exception>
    public void Answer(ChatEvent answer)
    {
        var id = IdOf(answer);
        lock (_gate)
        {
            if (id < 1 || id > _last)
                throw new ProtocolViolationException($"An answer came to request {id}, which was not made.");
            if (_waiting.TryGetValue(id, out var waiting)) waiting.TrySetResult(answer);
        }
    }

    /// <summary>Nobody waits for this answer any more.</summary>
    public void Forget(long id)
    {
        lock (_gate) _waiting.Remove(id);
    }

    /// <summary>No answers will come.</summary>
    public void Fail(ActorNetException reason)
    {
        lock (_gate)
        {
            _failed ??= reason;
            foreach (var waiting in _waiting.Values) waiting.TrySetException(reason);
        }
    }

    private static long IdOf(ChatEvent answer) => answer switch
    {
        RoomJoined a => a.Id,
        RoomLeft a => a.Id,
        Said a => a.Id,
        RoomMembers a => a.Id,
        ChatError a => a.Id,
        _ => 0,
    };
}
