using System.Buffers;
using Akka.IO;

namespace ActorNet.Server.Connections;

/// <summary>
/// The bytes of Akka.IO's messages as .NET memory, without a copy. Together with FramingActor the only place that names
/// <see cref="ByteString"/>, which Akka 1.6 replaces.
/// </summary>
internal static class AkkaBytes
{
    /// <summary>
    /// What was received. <see cref="ByteString"/> shows its array to nobody but a stream it is written to; the array is a private copy
    /// of the read and nobody's to change.
    /// </summary>
    public static ReadOnlyMemory<byte> Memory(this ByteString bytes)
    {
        var tap = Tap.OfThread;
        tap.Reset();
        bytes.WriteTo(tap);
        return tap.Writes == 1 ? tap.Written : bytes.ToArray();
    }

    /// <summary>A view of the segments, which nobody may change until the write's Ack.</summary>
    public static ByteString View(IReadOnlyList<ArraySegment<byte>> segments) => segments.Count == 1
        ? ByteString.FromBytes(segments[0].Array!, segments[0].Offset, segments[0].Count)
        : ByteString.FromBytes(segments);

    /// <summary>The segments of a write as they lie, without a copy: nobody's to change before the Ack.</summary>
    public static ReadOnlySequence<byte> Sequence(this ByteString bytes)
    {
        var tap = Tap.OfThread;
        tap.Reset();
        bytes.WriteTo(tap);
        return tap.Sequence();
    }

    /// <summary>Wraps an array that nobody else has.</summary>
    public static ByteString Own(byte[] bytes) => ByteString.FromBytes(bytes);

    /// <summary>A stream that remembers where the bytes lie that it is given.</summary>
    private sealed class Tap : Stream
    {
        [ThreadStatic]
        private static Tap? t_instance;

        private Segment? _first;
        private Segment? _last;

        public static Tap OfThread => t_instance ??= new Tap();

        public ReadOnlyMemory<byte> Written { get; private set; }

        public int Writes { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Reset() => (Written, Writes, _first, _last) = (default, 0, null, null);

        // Of several segments a chain is made, of one nothing but what it is.
        public override void Write(byte[] buffer, int offset, int count)
        {
            if (Writes == 1) _first = _last = new Segment(Written);
            Written = buffer.AsMemory(offset, count);
            if (Writes > 0) _last = _last!.Append(Written);
            Writes++;
        }

        public ReadOnlySequence<byte> Sequence()
        {
            var sequence = _first is null
                ? new ReadOnlySequence<byte>(Written)
                : new ReadOnlySequence<byte>(_first, 0, _last!, _last!.Memory.Length);
            Reset();
            return sequence;
        }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory) => Memory = memory;

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory) { RunningIndex = RunningIndex + Memory.Length };
            Next = next;
            return next;
        }
    }
}
