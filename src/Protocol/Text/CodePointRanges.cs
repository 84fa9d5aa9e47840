namespace ActorNet.Protocol.Text;

/// <summary>A set of code points as pairs of first and last, ascending.</summary>
internal sealed class CodePointRanges(params int[] bounds)
{
    private readonly int[] _bounds = bounds;

    public bool Contains(int codePoint)
    {
        var at = Array.BinarySearch(_bounds, codePoint);
        return at >= 0 || (~at & 1) == 1; // between a first and its last
    }
}
