using ActorNet.Protocol;
using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// Finds a program as a shell would, but says why it did not: no such program, or none that may be executed. Names
/// without a slash are looked up on PATH; its empty and relative entries, which mean the working directory, are passed
/// over.
/// </summary>
internal static class ProgramLookup
{
    private const int ShownName = 100;

    /// <summary>The full path of <paramref name="program"/>, or null and the reason.</summary>
    public static string? Find(string program, string searchPath, string directory, out LaunchRefused? refusal)
    {
        string? unusable = null;
        foreach (var candidate in Candidates(program, searchPath, directory))
        {
            if (IsExecutable(candidate))
            {
                refusal = null;
                return candidate;
            }

            if (Path.Exists(candidate)) unusable ??= candidate;
        }

        var name = Shorten(unusable ?? program);
        refusal = unusable is not null ? new LaunchRefused(ErrorCode.Forbidden, $"'{name}' is not an executable file")
            : program.Contains('/') ? new LaunchRefused(ErrorCode.NotFound, $"there is no program '{name}'")
            : new LaunchRefused(ErrorCode.NotFound, $"there is no program '{name}' on the PATH, {searchPath}");
        return null;
    }

    /// <summary>A name that fits a message.</summary>
    public static string Shorten(string name) => SafeText.Cut(name, ShownName);

    private static IEnumerable<string> Candidates(string program, string searchPath, string directory) =>
        program.Contains('/')
            ? [Path.Combine(directory, program)]
            : searchPath.Split(':').Where(Path.IsPathRooted).Select(entry => Path.Combine(entry, program));

    private static bool IsExecutable(string path) => File.Exists(path) && Libc.Access(path, Libc.ExecuteAccess) == 0;
}
