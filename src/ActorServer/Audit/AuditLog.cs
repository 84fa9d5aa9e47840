using System.Buffers;
using ActorNet.Server.Files.Native;
using ActorNet.Server.Storage;
using Microsoft.Win32.SafeHandles;

namespace ActorNet.Server.Audit;

/// <summary>Puts bytes at the end of a file; tests put one in that fails.</summary>
internal delegate void WriteToFile(FileStream file, ReadOnlySpan<byte> bytes);

/// <summary>
/// The files of the log, open for writing. A write that failed has left nothing behind once the next one begins; the
/// chain goes on from the last record that was written. Blocks; one thread at a time.
/// </summary>
internal sealed class AuditLog : IDisposable
{
    private const int ReadOnly = 0;

    private readonly AuditSettings _settings;
    private readonly WriteToFile _write;
    private readonly ArrayBufferWriter<byte> _lines = new();
    private AuditFile _name;
    private FileStream? _file;
    private long _length;
    private ChainHead _head;
    private bool _hasRest;
    private bool _isNew;

    private AuditLog(AuditSettings settings, WriteToFile write, AuditTail tail) =>
        (_settings, _write, _name, _head, Break) = (settings, write, tail.File, tail.Head, tail.Break);

    /// <summary>What was cut off the newest file; null: nothing.</summary>
    public TornTail? Torn { get; private init; }

    /// <summary>What does not follow in the newest file, which was left as it is; null: all does.</summary>
    public string? Break { get; }

    /// <summary>Why old files could not be deleted by the last <see cref="Append"/>; null: none was to be, or all were.</summary>
    public string? DeletionProblem { get; private set; }

    /// <summary>The last record.</summary>
    public ChainHead Head => _head;

    /// <summary>Writes to a file as a file is written to.</summary>
    public static void WritePlainly(FileStream file, ReadOnlySpan<byte> bytes) => file.Write(bytes);

    /// <summary>Finds the end of the log in <paramref name="directory"/>, and mends what a crash has left there.</summary>
    /// <exception cref="IOException">It cannot be read or mended.</exception>
    public static AuditLog Open(string directory, AuditSettings settings, WriteToFile write)
    {
        var tail = AuditTail.Of(directory);
        var torn = tail.Torn > 0 ? TornTail.MoveAside(tail.TornIn, tail.Torn) : null;
        var log = new AuditLog(settings, write, tail) { Torn = torn };
        if (tail.Length is { } length) (log._file, log._length) = (OpenFile(tail.File.Path, FileMode.Open), length);
        return log;
    }

    /// <summary>Writes records, all or none.</summary>
    /// <param name="bodies">As <see cref="AuditFormat.Body"/> made them.</param>
    /// <returns>Names of old files that were deleted to make room.</returns>
    /// <exception cref="IOException">None is written.</exception>
    public IReadOnlyList<string> Append(IReadOnlyList<ReadOnlyMemory<byte>> bodies)
    {
        DeletionProblem = null;
        var rotates = _file is null || _length >= _settings.FileSize || !File.Exists(_name.Path);
        if (rotates) BeginFile();
        if (_hasRest) CutRest();
        _lines.ResetWrittenCount();
        var head = _head;
        foreach (var body in bodies) head = AuditFormat.Seal(_lines, body.Span, head);
        try
        {
            _hasRest = true;
            _file!.Position = _length;
            _write(_file, _lines.WrittenSpan);
            if (_settings.IsSynced) Sync();
        }
        catch (IOException)
        {
            TryCutRest();
            throw;
        }

        _hasRest = false;
        _length += _lines.WrittenCount;
        _head = head;
        return rotates ? DeleteSurplus() : [];
    }

    public void Dispose() => _file?.Dispose();

    private void BeginFile()
    {
        var next = _name;
        while (next == _name && _file is not null || File.Exists(next.Path)) next = next with { Number = next.Number + 1 };
        var file = OpenFile(next.Path, FileMode.CreateNew);
        _file?.Dispose();
        (_file, _name, _length, _hasRest, _isNew) = (file, next, 0, false, true);
    }

    private static FileStream OpenFile(string path, FileMode mode)
    {
        // Not for this process alone: whoever verifies reads it meanwhile.
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read, BufferSize = 0 };
        if (!OperatingSystem.IsWindows() && mode == FileMode.CreateNew) options.UnixCreateMode = PrivatePath.OwnerReadsAndWrites;
        return new FileStream(path, options);
    }

    private void Sync()
    {
        _file!.Flush(flushToDisk: true);
        if (!_isNew) return;
        SyncDirectory(_name.Directory);
        _isNew = false;
    }

    // That there is a file of this name is a matter of its directory.
    private static void SyncDirectory(string directory)
    {
        if (!OperatingSystem.IsLinux()) return;
        using var handle = new SafeFileHandle(LibC.Open(directory, ReadOnly, 0), ownsHandle: true);
        if (handle.IsInvalid || LibC.Sync(handle) != 0)
            throw new IOException($"{directory} cannot be synced (error {LibC.LastError}).");
    }

    private void CutRest()
    {
        _file!.SetLength(_length);
        _hasRest = false;
    }

    private void TryCutRest()
    {
        try
        {
            CutRest();
        }
        catch (IOException)
        {
            // The next write tries again before anything else, and so does the next start.
        }
    }

    private List<string> DeleteSurplus()
    {
        var deleted = new List<string>();
        if (_settings.FilesKept is not { } kept) return deleted;
        try
        {
            foreach (var file in AuditFile.In(_name.Directory).SkipLast(kept))
            {
                File.Delete(file.Path);
                deleted.Add(file.Name);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was to be written is; the next new file tries again.
            DeletionProblem = e.Message;
        }

        return deleted;
    }
}
