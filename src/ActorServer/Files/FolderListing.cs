using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Files.Native;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Files;

/// <summary>
/// A folder being listed: its names, sorted, and pages of its entries made as they are asked for. Not thread-safe.
/// </summary>
public sealed class FolderListing : IDisposable
{
    private const int MaxPageEntries = 1000;

    // {"type":"page","entries":[],"last":false} and
    // {"name":"","kind":"folder","size":9223372036854775807,"modified":"9999-12-31T23:59:59.9999999+00:00"},
    private const int PageOverhead = 48;
    private const int EntryOverhead = 112;

    private readonly SafeFileHandle _folder;
    private readonly string _path; // ends with '/'
    private readonly List<FolderName> _names;
    private int _next;

    private FolderListing(SafeFileHandle folder, FilePath path, List<FolderName> names) =>
        (_folder, _path, _names) = (folder, path.IsRoot ? "/" : $"/{path}/", names);

    /// <summary>Names found.</summary>
    public int Count => _names.Count;

    internal static FolderListing Read(SafeFileHandle folder, FilePath path, int maxEntries)
    {
        var names = new List<FolderName>();
        var errno = FolderReader.Read(folder, entry =>
        {
            if (path.IsRoot && entry.Name == FilePath.PartialFolder) return true;
            names.Add(entry);
            return names.Count <= maxEntries;
        });
        if (errno != 0) throw Errno.Fault(errno, path);
        if (names.Count > maxEntries)
            throw new FileFaultException(
                ErrorCode.TooLarge,
                $"The folder has more than {maxEntries} entries (actornet.files.max-folder-entries).");
        names.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
        return new FolderListing(folder, path, names);
    }

    /// <summary>
    /// The next page as the JSON of a <see cref="FolderPage"/>, of at most <paramref name="maxBytes"/>, but with one
    /// entry at least. What was removed since the names were read is left out, and what the account may not read.
    /// </summary>
    /// <param name="maxBytes">Largest page.</param>
    /// <param name="rights">What the account may do.</param>
    /// <param name="last">Whether nothing follows.</param>
    public byte[] ReadPage(int maxBytes, Rights rights, out bool last)
    {
        var entries = new List<FolderEntry>();
        var bytes = PageOverhead;
        for (; _next < _names.Count && entries.Count < MaxPageEntries; _next++)
        {
            var name = _names[_next];
            if (!rights.Allows(Verb.FileRead, _path + name.Name)) continue;
            var length = EntryOverhead + EncodedLength(name.Name);
            if (entries.Count > 0 && bytes + length > maxBytes) break;
            if (Entry(name) is not { } entry) continue;
            bytes += length;
            entries.Add(entry);
        }

        last = _next == _names.Count;
        return ProtocolJson.Encode(new FolderPage(entries, last), ProtocolJsonContext.Default.FileEvent);
    }

    public void Dispose() => _folder.Dispose();

    // Of what JSON escapes only the quotation mark can be in a name that is listed.
    private static int EncodedLength(string name) => Encoding.UTF8.GetByteCount(name) + name.AsSpan().Count('"');

    private FolderEntry? Entry(FolderName name)
    {
        if (!name.IsReachable) return new FolderEntry(name.Name, EntryKind.Other, 0, DateTimeOffset.UnixEpoch);
        return FileStatus.Of(_folder, name.Name) is { } status
            ? new FolderEntry(name.Name, status.Kind, status.IsRegular ? status.Size : 0, status.Modified)
            : null;
    }
}
