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
    private readonly HeldBytes _held = new();
    private bool _eof;
    private bool _draining;

    protected override void OnStart() => Opened();

    protected override void OnData(ReadOnlyMemory<byte> bytes)
    {
        if (_held.Count == 0)
        {
            var now = Math.Min(bytes.Length, Sendable);
            Return(bytes[..now]);
            bytes = bytes[now..];
        }

        _held.Add(bytes);
    }

    protected override void OnSendable()
    {
        while (_held.Count > 0 && Sendable > 0) Return(_held.Take(Sendable));
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

    private void Return(ReadOnlyMemory<byte> bytes)
    {
        SendData(bytes);
        Consumed(bytes.Length);
    }

    private void CloseIfDone()
    {
        if (_held.Count > 0) return;
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
