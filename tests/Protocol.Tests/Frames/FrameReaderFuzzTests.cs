using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Frames;

public sealed class FrameReaderFuzzTests
{
    private const int Runs = 5_000;

    [Fact]
    public void Random_bytes_throw_nothing_but_a_violation() =>
        Property.Holds(Property.Bytes, bytes => ReadsOrViolates(bytes), Runs);

    [Fact]
    public void Random_frames_throw_nothing_but_a_violation() =>
        Property.Holds(
            from type in Gen.Choose(0, 30)
            from channel in Gen.Choose(0, 2)
            from length in Gen.Choose(0, 80)
            from rest in Property.Bytes
            select Wire.Concat([0, 0, 0, (byte)length, (byte)type, 0, 0, 0, (byte)channel], rest),
            bytes => ReadsOrViolates(bytes),
            Runs);

    [Fact]
    public void Mutated_conversations_throw_nothing_but_a_violation() =>
        Property.Holds(
            (from at in Gen.Choose(0, GoldenFrame.Conversation.Length - 1)
             from value in Gen.Choose(0, 255)
             from removed in Gen.Choose(0, 3)
             select (at, value, removed)).NonEmptyListOf(),
            mutations =>
            {
                var bytes = GoldenFrame.Conversation.ToList();
                foreach (var (at, value, removed) in mutations)
                {
                    bytes[at % bytes.Count] = (byte)value;
                    var from = Math.Min(at, bytes.Count - 1);
                    bytes.RemoveRange(from, Math.Min(removed, bytes.Count - 1 - from));
                }

                ReadsOrViolates([.. bytes]);
            },
            Runs);

    [Fact]
    public void What_was_read_is_written_as_the_same_bytes() =>
        Property.Holds(
            (from golden in Gen.Elements(GoldenFrame.All)
             from payload in Property.Bytes
             let bounds = golden.Bounds
             let fitted = payload.Concat(new byte[bounds.Least]).Take(Math.Max(bounds.Least, Math.Min(payload.Length, bounds.Most)))
             select new Frame(golden.Type, golden.Channel, fitted.ToArray())).ListOf(),
            frames =>
            {
                var bytes = frames.SelectMany(frame => FrameWriter.ToArray(frame)).ToArray();
                Assert.Equal(bytes, Wire.Read(bytes).SelectMany(frame => FrameWriter.ToArray(frame)));
            });

    // The same bytes cut in two ways end in the same way: frames, and violation or not.
    private static void ReadsOrViolates(byte[] bytes)
    {
        var whole = Outcome([bytes]);
        var cut = Outcome(Wire.Cut(bytes, 1, 2, 5));
        Assert.Equal(whole, cut);
    }

    private static string Outcome(IEnumerable<ReadOnlyMemory<byte>> segments)
    {
        var reader = new FrameReader(ProtocolLimits.MaxPayload);
        var frames = new List<Frame>();
        var end = "";
        try
        {
            foreach (var segment in segments)
                reader.Read(segment, frames);
            end = reader.IsAtBoundary ? "at a boundary" : "cut off";
        }
        catch (ProtocolViolationException violation)
        {
            end = violation.Message;
        }

        return string.Join('\n', Wire.Describe(frames).Append(end));
    }
}
