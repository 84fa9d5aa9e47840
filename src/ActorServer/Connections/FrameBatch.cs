using System.Collections.Immutable;
using System.Runtime.InteropServices;
using ActorNet.Protocol.Frames;

namespace ActorNet.Server.Connections;

/// <summary>
/// Collects frames for one message. What is taken is an array of its exact size; the room to collect in is kept for the next batch, unless
/// this one was unusually large. Not thread-safe.
/// </summary>
public sealed class FrameBatch
{
    private const int KeptRoom = 64;

    private readonly List<Frame> _frames = [];

    /// <summary>Frames collected.</summary>
    public int Count => _frames.Count;

    /// <summary>Adds one at the end.</summary>
    public void Add(in Frame frame) => _frames.Add(frame);

    /// <summary>All frames collected, and none any more.</summary>
    public ImmutableArray<Frame> Take()
    {
        if (_frames.Count == 0) return [];
        var taken = ImmutableCollectionsMarshal.AsImmutableArray(_frames.ToArray());
        _frames.Clear();
        if (_frames.Capacity > KeptRoom) _frames.TrimExcess();
        return taken;
    }
}
