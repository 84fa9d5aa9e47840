using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>Bytes that are the same each time and nowhere repeat what stood before.</summary>
internal static class Content
{
    public const int KiB = 1024;
    public const int MiB = 1024 * KiB;

    public static byte[] Of(int length, int seed)
    {
        var bytes = new byte[length];
        // Not for secrets: for bytes of which none can be lost or changed unseen.
#pragma warning disable CA5394
        new Random(seed).NextBytes(bytes);
#pragma warning restore CA5394
        return bytes;
    }

    public static string Sha256(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    /// <summary>What seq(1) prints from 1 on.</summary>
    public static byte[] Sequence(int last)
    {
        var text = new StringBuilder();
        for (var i = 1; i <= last; i++) text.Append(CultureInfo.InvariantCulture, $"{i}\n");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    public static async Task<byte[]> ReadAllAsync(this Stream stream)
    {
        using var all = new MemoryStream();
        await stream.CopyToAsync(all).InTime();
        return all.ToArray();
    }

    public static async Task<string> ReadTextAsync(this Stream stream) =>
        Encoding.UTF8.GetString(await stream.ReadAllAsync());

    /// <summary>So many bytes, no more.</summary>
    public static async Task<byte[]> ReadAsync(this Stream stream, int count)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes).InTime();
        return bytes;
    }

    /// <summary>A line of ASCII without its end, byte by byte: nothing after it is taken.</summary>
    public static async Task<string> ReadLineAsync(this Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one).InTime() == 1 && one[0] != '\n') line.Add(one[0]);
        return Encoding.ASCII.GetString([.. line]);
    }
}
