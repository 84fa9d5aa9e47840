using System.Buffers.Binary;

namespace ActorNet.Protocol.Frames;

/// <summary>
/// Bytes in, frames out, whatever the segments they came in.
/// <code>
///   u32 length | u8 type | u32 channel | payload          network byte order
///   length = bytes after itself = 1 + 4 + payload, 5 .. 5 + MaxPayload
/// </code>
/// A payload that lies in one input is a slice of it, never a copy. One that spans inputs is assembled in a buffer that grows
/// with the bytes that came, never with the length that was declared; DATA and EXTENDED_DATA are streams, so their pieces are
/// passed on as they come.
/// Not thread-safe. After a <see cref="ProtocolViolationException"/> the reader is of no further use.
/// </summary>
public sealed class FrameReader
{
    private const int FirstAssembly = 512;

    private readonly byte[] _header = new byte[Frame.HeaderSize];
    private int _headerCount;
    private FrameType _type;
    private uint _channel;
    private int _missing;
    private byte[]? _assembly;
    private int _assembled;

    /// <summary>Starts at the boundary of a frame.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 .. <see cref="ProtocolLimits.MaxPayload"/>.</exception>
    public FrameReader(int maxPayload) => MaxPayload = maxPayload;

    /// <summary>Largest payload accepted, in bytes. May be raised between two calls of <see cref="Read"/>: the login does.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not 0 .. <see cref="ProtocolLimits.MaxPayload"/>.</exception>
    public int MaxPayload
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, ProtocolLimits.MaxPayload);
            field = value;
        }
    }

    /// <summary>Whether the bytes so far end at the end of a frame; false at the end of the stream means it was cut off.</summary>
    public bool IsAtBoundary => _headerCount == 0 && _missing == 0;

    /// <summary>Adds the frames that <paramref name="input"/> completes to <paramref name="frames"/>, which keep referring to it.</summary>
    /// <exception cref="ProtocolViolationException">A length, type or channel number that the protocol does not allow.</exception>
    public void Read(ReadOnlyMemory<byte> input, ICollection<Frame> frames)
    {
        while (!input.IsEmpty)
            input = _missing > 0 ? ReadPayload(input, frames) : ReadHeader(input, frames);
    }

    private ReadOnlyMemory<byte> ReadHeader(ReadOnlyMemory<byte> input, ICollection<Frame> frames)
    {
        int payload;
        if (_headerCount == 0 && input.Length >= Frame.HeaderSize)
        {
            payload = ParseHeader(input.Span);
            input = input[Frame.HeaderSize..];
        }
        else
        {
            var taken = Math.Min(Frame.HeaderSize - _headerCount, input.Length);
            input.Span[..taken].CopyTo(_header.AsSpan(_headerCount));
            _headerCount += taken;
            input = input[taken..];
            if (_headerCount < Frame.HeaderSize)
            {
                if (_headerCount >= sizeof(uint)) CheckLength(_header);
                return input;
            }

            _headerCount = 0;
            payload = ParseHeader(_header);
        }

        if (payload == 0)
            frames.Add(new Frame(_type, _channel, default));
        _missing = payload;
        return input;
    }

    private int ParseHeader(ReadOnlySpan<byte> header)
    {
        var payload = CheckLength(header);
        _type = (FrameType)header[4];
        _channel = BinaryPrimitives.ReadUInt32BigEndian(header[5..]);
        if (!_type.IsKnown())
            throw new ProtocolViolationException($"Frame type {(byte)_type} is not one of protocol version {ProtocolLimits.Version}.");
        if (_type.IsOfConnection() != (_channel == 0))
            throw new ProtocolViolationException(_channel == 0
                ? $"{_type.ToWire()} belongs to a channel and came with channel 0."
                : $"{_type.ToWire()} belongs to the connection and came with channel {_channel}.");
        var (least, most) = _type.PayloadBounds();
        if (payload < least || payload > most)
            throw new ProtocolViolationException(
                $"{_type.ToWire()} on channel {_channel} has a payload of {payload} bytes; its type allows {least} .. {most}.");
        return payload;
    }

    private int CheckLength(ReadOnlySpan<byte> header)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length < Frame.CountedHeader || length > (uint)(Frame.CountedHeader + MaxPayload))
            throw new ProtocolViolationException(
                $"Frame length {length} is outside {Frame.CountedHeader} .. {Frame.CountedHeader + MaxPayload}.");
        return (int)length - Frame.CountedHeader;
    }

    private ReadOnlyMemory<byte> ReadPayload(ReadOnlyMemory<byte> input, ICollection<Frame> frames)
    {
        var taken = Math.Min(_missing, input.Length);
        var piece = input[..taken];
        _missing -= taken;
        if (_type.IsStream() || (_missing == 0 && _assembled == 0))
        {
            frames.Add(new Frame(_type, _channel, piece));
            return input[taken..];
        }

        Append(piece.Span);
        if (_missing == 0)
        {
            frames.Add(new Frame(_type, _channel, _assembly.AsMemory(0, _assembled)));
            _assembly = null;
            _assembled = 0;
        }

        return input[taken..];
    }

    // Capacity follows what has come: at most twice that, and never more than the frame needs.
    private void Append(ReadOnlySpan<byte> piece)
    {
        var count = _assembled + piece.Length;
        if (_assembly is null || _assembly.Length < count)
            Array.Resize(ref _assembly, Math.Min(count + _missing, Math.Max(FirstAssembly, 2 * count)));
        piece.CopyTo(_assembly.AsSpan(_assembled));
        _assembled = count;
    }
}
