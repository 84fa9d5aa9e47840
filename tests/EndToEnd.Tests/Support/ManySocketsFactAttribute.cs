using System.Globalization;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>A test that holds many sockets, both ends of each in this process; skipped where it may not open so many.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ManySocketsFactAttribute : FactAttribute
{
    private const int Reserve = 1000;

    public ManySocketsFactAttribute(int connections)
    {
        var needed = 2 * connections + Reserve;
        if (OpenFiles() < needed) Skip = string.Create(CultureInfo.InvariantCulture, $"needs {needed} open files (ulimit -n)");
    }

    private static long OpenFiles()
    {
        const string name = "Max open files";
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(name, StringComparison.Ordinal));
        // "unlimited" is no number.
        return long.TryParse(limit[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0], CultureInfo.InvariantCulture, out var files)
            ? files
            : long.MaxValue;
    }
}
