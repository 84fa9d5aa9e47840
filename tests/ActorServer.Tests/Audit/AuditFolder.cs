using System.Buffers;
using System.Text;
using ActorNet.Server.Audit;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Audit;

/// <summary>A folder with a log in it, of one test.</summary>
internal sealed class AuditFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static AuditSettings Usual { get; } = new(
        FileSize: 64 * 1024 * 1024, FilesKept: null, IsSynced: false, RefusesOnFailure: true, MaxPending: 1024 * 1024,
        RetryInterval: TimeSpan.FromSeconds(1), WriteTimeout: TimeSpan.FromSeconds(5), FieldSize: 1024, LineSize: 16 * 1024);

    public string Path => _folder.Path;

    public string First => File(1);

    public string File(int number) => new AuditFile(Path, number).Path;

    /// <summary>Names of all files of the log.</summary>
    public string[] Names => [.. AuditFile.In(Path).Select(file => file.Name)];

    public string[] Lines => [.. AuditFile.In(Path).SelectMany(file => System.IO.File.ReadAllLines(file.Path))];

    public AuditLog Open(AuditSettings? settings = null, WriteToFile? write = null) =>
        AuditLog.Open(Path, settings ?? Usual, write ?? AuditLog.WritePlainly);

    /// <summary>A log of so many records in one file.</summary>
    public void Fill(int records)
    {
        using var log = Open();
        for (var i = 1; i <= records; i++) log.Append([Body(i)]);
    }

    /// <summary>A record whose subject is <paramref name="number"/>, as long for all numbers of as many digits.</summary>
    public static ReadOnlyMemory<byte> Body(int number) => AuditFormat.Body(
        new AuditEvent("test", AuditEvent.Ok) { Account = "alice", Subject = $"{number}" },
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddMinutes(number), "0a1b2c3d", Usual);

    /// <summary>Lines of a chain from the first record on.</summary>
    public static string Chain(params ReadOnlySpan<byte[]> bodies)
    {
        var log = new ArrayBufferWriter<byte>();
        var head = ChainHead.Start;
        foreach (var body in bodies) head = AuditFormat.Seal(log, body, head);
        return Encoding.UTF8.GetString(log.WrittenSpan);
    }

    public void Dispose() => _folder.Dispose();
}
