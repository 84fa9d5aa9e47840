using System.Globalization;
using System.Security.Cryptography;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Audit;

/// <summary>The end of a file that a crash left in the middle of a line, moved into a file of its own.</summary>
/// <param name="File">The file it was cut from.</param>
/// <param name="MovedTo">The file it is in now: <c>audit-000001.torn-4711</c>, 4711 being where it began.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Hash">Their SHA-256.</param>
internal sealed record TornTail(string File, string MovedTo, long Length, string Hash)
{
    /// <summary>Moves the last <paramref name="length"/> bytes of <paramref name="file"/> aside.</summary>
    public static TornTail MoveAside(AuditFile file, long length)
    {
        using var from = new FileStream(file.Path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
        var start = from.Length - length;
        var movedTo = Path.ChangeExtension(file.Name, string.Create(CultureInfo.InvariantCulture, $"torn-{start}"));
        from.Position = start;
        using var to = PrivatePath.OpenFile(Path.Combine(file.Directory, movedTo), FileMode.Create, FileAccess.ReadWrite);
        from.CopyTo(to);
        to.Flush(flushToDisk: true);
        to.Position = 0;
        var hash = Convert.ToHexStringLower(SHA256.HashData(to));
        // Only now, as a crash before this leaves it where it was.
        from.SetLength(start);
        from.Flush(flushToDisk: true);
        return new TornTail(file.Name, movedTo, length, hash);
    }
}
