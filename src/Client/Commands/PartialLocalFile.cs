using System.Security.Cryptography;

namespace ActorNet.Client.Commands;

/// <summary>
/// A file that is being received: <c>.NAME.RANDOM.part</c> beside the target, until <see cref="CommitAsync"/> gives
/// it its name. Disposed of before that, it is removed, and the target is as it was.
/// </summary>
internal sealed class PartialLocalFile : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _path;
    private bool _committed;

    public PartialLocalFile(string target)
    {
        _target = Path.GetFullPath(target);
        if (Directory.Exists(_target)) throw new IOException($"{target} is a folder");
        var folder = Path.GetDirectoryName(_target)!;
        if (!Directory.Exists(folder))
            throw new IOException($"there is no folder {folder} for {target}; make it first");
        _path = Path.Combine(
            folder, $".{Path.GetFileName(_target)}.{RandomNumberGenerator.GetHexString(8, lowercase: true)}.part");
        Stream = new FileStream(_path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            BufferSize = 0,
            Options = FileOptions.Asynchronous,
        });
    }

    public FileStream Stream { get; }

    public async Task CommitAsync()
    {
        await Stream.DisposeAsync();
        File.Move(_path, _target, overwrite: true);
        _committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        await Stream.DisposeAsync();
        if (!_committed) File.Delete(_path);
    }
}
