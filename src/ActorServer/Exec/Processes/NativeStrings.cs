using System.Runtime.InteropServices;
using System.Text;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// Strings as C wants them, <c>char *strings[]</c>: UTF-8, each ended by a zero byte, the list by a null pointer. One
/// block of memory.
/// </summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _block;

    public NativeStrings(IReadOnlyCollection<string> strings)
    {
        var pointers = (nuint)(strings.Count + 1) * (nuint)sizeof(byte*);
        var bytes = strings.Sum(s => (long)Encoding.UTF8.GetByteCount(s) + 1);
        _block = (byte**)NativeMemory.Alloc(pointers + (nuint)bytes);
        var next = (byte*)_block + pointers;
        var index = 0;
        foreach (var text in strings)
        {
            var length = Encoding.UTF8.GetBytes(text, new Span<byte>(next, Encoding.UTF8.GetByteCount(text)));
            next[length] = 0;
            _block[index++] = next;
            next += length + 1;
        }

        _block[index] = null;
    }

    /// <summary>The list.</summary>
    public byte** Pointer => _block;

    /// <summary>The first string.</summary>
    public byte* First => _block[0];

    public void Dispose()
    {
        NativeMemory.Free(_block);
        _block = null;
    }
}
