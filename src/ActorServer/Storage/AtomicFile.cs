namespace ActorNet.Server.Storage;

/// <summary>Writes a file wholly or not at all: beside it, flushed, then renamed over it.</summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="text"/>, readable by the owner only from the first byte on.</summary>
    public static void Write(string path, string text)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var file = PrivatePath.OpenFile(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                using var writer = new StreamWriter(file, leaveOpen: true);
                writer.Write(text);
                writer.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            // Gone already when all went well.
            File.Delete(temporary);
        }
    }
}
