using System.Globalization;

namespace ActorNet.Server.Audit;

/// <summary>One file of the log: <c>audit-000001.jsonl</c>, numbered in the order in which they were begun.</summary>
internal readonly record struct AuditFile(string Directory, int Number)
{
    /// <summary>The directory of the log, below the data directory.</summary>
    public const string DirectoryName = "audit";

    private const string Prefix = "audit-";
    private const string Extension = ".jsonl";

    /// <summary>Its name.</summary>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{Number:D6}{Extension}");

    /// <summary>Its path.</summary>
    public string Path => System.IO.Path.Combine(Directory, Name);

    /// <summary>All there are, the oldest first; what is named otherwise is none.</summary>
    public static IReadOnlyList<AuditFile> In(string directory) =>
    [
        .. System.IO.Directory.EnumerateFiles(directory, $"{Prefix}*{Extension}")
            .Select(path => Parse(directory, System.IO.Path.GetFileName(path)))
            .OfType<AuditFile>()
            .OrderBy(file => file.Number),
    ];

    /// <summary>Opens a file for reading, also while the node writes to it.</summary>
    public static LineReader Read(string path, long from = 0)
    {
        var stream = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.Open,
            Access = FileAccess.Read,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        });
        stream.Position = from;
        return new LineReader(stream);
    }

    private static AuditFile? Parse(string directory, string name)
    {
        var digits = name[Prefix.Length..^Extension.Length];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && new AuditFile(directory, number) is var file && file.Name == name
                ? file
                : null;
    }
}
