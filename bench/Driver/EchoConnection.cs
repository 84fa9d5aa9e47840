using System.Buffers.Binary;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;

namespace ActorNet.Bench;

/// <summary>
/// One connection of the echo load: keeps <c>depth</c> requests in flight, a request being one DATA frame whose payload has come back.
/// The bytes of the answer are checked as they come, and windows are kept on both sides.
/// </summary>
internal sealed class EchoConnection : IDisposable
{
    // Granted again when so much has come in, long before the peer is held up.
    private const uint GrantEvery = 1 << 30;

    private readonly Wire _wire;
    private readonly int _payload;
    private readonly byte[] _requests;
    private readonly byte[] _header = new byte[Frame.HeaderSize];
    private readonly long[] _sentAt;
    private int _owed;
    private long _toSend;
    private int _sendOffset;
    private int _headerCount;
    private int _missing;
    private FrameType _type;
    private uint _windowPayload;
    private int _answered;
    private long _credit;
    private uint _received;
    private int _oldest;

    public EchoConnection(Peer peer, int depth, int payload)
    {
        _wire = Wire.Connect(peer.Port, peer.IsTls);
        _credit = peer.Prepare(_wire);
        _payload = payload;
        _sentAt = new long[depth];
        var request = FrameWriter.ToArray(new Frame(FrameType.Data, 1, Fill(payload)));
        _requests = [.. Enumerable.Repeat(request, depth).SelectMany(r => r)];
    }

    /// <summary>The socket, for epoll.</summary>
    public int Descriptor => _wire.Descriptor;

    /// <summary>Sends the first requests.</summary>
    public void Start(long now)
    {
        Array.Fill(_sentAt, now);
        Owe(_sentAt.Length);
        Flush();
    }

    /// <summary>Sends one request and reads until it is back; then the connection is idle.</summary>
    public void RoundTrip(Span<byte> buffer)
    {
        Owe(1);
        Flush();
        for (var before = _answered; _answered - before < _payload;)
            Parse(buffer[.._wire.ReceiveSome(buffer)]);

        _answered = 0;
    }

    /// <summary>Reads what is there, sends as many requests as came back, and returns how many did.</summary>
    public int OnReadable(Span<byte> buffer, long now, List<long> latencies)
    {
        var before = _answered;
        do
        {
            var count = _wire.Receive(buffer);
            if (count == 0) throw new InvalidOperationException("the server closed the connection");
            if (count < 0) break;
            Parse(buffer[..count]);
        }
        while (_wire.HasMore);
        var done = _answered / _payload - before / _payload;
        _answered %= _payload;
        for (var i = 0; i < done; i++)
        {
            latencies.Add(now - _sentAt[_oldest]);
            _sentAt[_oldest] = now;
            _oldest = (_oldest + 1) % _sentAt.Length;
        }

        Owe(done);
        if (_toSend > 0) Flush();
        return done;
    }

    public void Dispose() => _wire.Dispose();

    // A request is sent whole once the window has room for it.
    private void Owe(int requests)
    {
        _owed += requests;
        while (_owed > 0 && _credit >= _payload)
        {
            _owed--;
            _credit -= _payload;
            _toSend += _payload + Frame.HeaderSize;
        }
    }

    private void Flush()
    {
        while (_toSend > 0)
        {
            var sent = _wire.Send(_requests.AsSpan(_sendOffset, (int)Math.Min(_toSend, _requests.Length - _sendOffset)));
            if (sent < 0) return;
            _sendOffset = (_sendOffset + sent) % _requests.Length;
            _toSend -= sent;
        }
    }

    private void Parse(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_missing == 0)
            {
                var taken = Math.Min(Frame.HeaderSize - _headerCount, bytes.Length);
                bytes[..taken].CopyTo(_header.AsSpan(_headerCount));
                bytes = bytes[taken..];
                if ((_headerCount += taken) < Frame.HeaderSize) return;
                _headerCount = 0;
                _missing = (int)BinaryPrimitives.ReadUInt32BigEndian(_header) - Frame.CountedHeader;
                _type = (FrameType)_header[4];
                _windowPayload = 0;
                continue;
            }

            var piece = bytes[..Math.Min(_missing, bytes.Length)];
            Take(piece);
            _missing -= piece.Length;
            bytes = bytes[piece.Length..];
            if (_missing == 0 && _type == FrameType.Window) _credit += _windowPayload;
        }
    }

    private void Take(ReadOnlySpan<byte> piece)
    {
        switch (_type)
        {
            case FrameType.Data:
                if (piece[0] != Pattern(_answered % _payload) || piece[^1] != Pattern((_answered + piece.Length - 1) % _payload))
                    throw new InvalidOperationException("the echo differs from what was sent");
                _answered += piece.Length;
                Grant((uint)piece.Length);
                break;
            case FrameType.Window:
                foreach (var b in piece) _windowPayload = _windowPayload << 8 | b;
                break;
            case FrameType.Ping:
                break;
            default:
                throw new InvalidOperationException($"unexpected {_type}");
        }
    }

    private void Grant(uint bytes)
    {
        _received += bytes;
        if (_received < GrantEvery) return;
        _wire.SendAll(FrameWriter.ToArray(WindowGrant.ToFrame(1, _received)));
        _received = 0;
    }

    private static byte Pattern(int position) => (byte)('a' + position % 23);

    private static byte[] Fill(int payload) => [.. Enumerable.Range(0, payload).Select(Pattern)];
}
