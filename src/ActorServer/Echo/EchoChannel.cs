using ActorNet.Protocol;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Echo;

/// <summary>
/// Sends DATA back as it came. Bytes count as consumed when they are sent back, so a client that does not read is held up by its own
/// window. Child of its ConnectionActor; ends when all up to the client's EOF is sent back.
/// </summary>
public sealed class EchoChannel(ChannelContext context) : ChannelActor(context)
{
    // Bounded by the channel's window.
    private readonly Queue<ReadOnlyMemory<byte>> _waiting = new();
    private ReadOnlyMemory<byte> _first;
    private bool _eof;
    private bool _draining;

    protected override void OnStart() => Opened();

    protected override void OnData(ReadOnlyMemory<byte> bytes)
    {
        if (_first.IsEmpty) _first = bytes;
        else _waiting.Enqueue(bytes);
        OnSendable();
    }

    protected override void OnSendable()
    {
        while (!_first.IsEmpty && Sendable > 0)
        {
            var size = Math.Min(_first.Length, Sendable);
            SendData(_first[..size]);
            Consumed(size);
            _first = size < _first.Length ? _first[size..] : _waiting.Count > 0 ? _waiting.Dequeue() : default;
        }

        CloseIfDone();
    }

    protected override void OnEof()
    {
        _eof = true;
        CloseIfDone();
    }

    protected override void OnDrain()
    {
        _draining = true;
        CloseIfDone();
    }

    private void CloseIfDone()
    {
        if (!_first.IsEmpty) return;
        if (_eof)
        {
            SendEof();
            Close();
        }
        else if (_draining)
        {
            Close(ErrorCode.Unavailable, "the node is stopping");
        }
    }
}
