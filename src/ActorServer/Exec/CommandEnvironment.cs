using System.Collections.Immutable;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Exec;

/// <summary>
/// The environment of every command: what <c>env</c> sets and <c>env-pass</c> copies from the node, nothing else, and
/// nothing from the client. Names by which a program could be made to load or run something else, or that belong to the
/// node, are refused at start.
/// </summary>
internal static class CommandEnvironment
{
    private static readonly string[] ForbiddenPrefixes =
    [
        "LD_", "BASH_", "GLIBC_", "MALLOC_", "DOTNET_", "COMPlus_", "CORECLR_", "COREHOST_", "ASPNETCORE_", "ACTORNET_",
    ];

    private static readonly string[] ForbiddenNames =
        ["ENV", "IFS", "SHELLOPTS", "BASHOPTS", "PS4", "PROMPT_COMMAND", "GCONV_PATH"];

    /// <summary>Reads <c>env</c> and <c>env-pass</c>.</summary>
    /// <param name="settings">The section <c>actornet.exec</c>.</param>
    /// <param name="nodeVariable">The value of one of the node's own variables, or null.</param>
    public static ImmutableSortedDictionary<string, string> From(
        SettingsReader settings, Func<string, string?> nodeVariable)
    {
        var variables = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var name in settings.Texts("env-pass"))
        {
            if (!IsAllowed(name)) settings.Fail("env-pass", $"has '{name}', which commands do not get.");
            else if (nodeVariable(name) is { } value) variables[name] = value;
        }

        var own = settings.Section("env");
        foreach (var name in own.SectionNames())
        {
            if (!IsAllowed(name)) own.Fail(name, "is not a variable that commands get.");
            variables[name] = own.Text(name);
        }

        if (!variables.ContainsKey("PATH")) settings.Fail("env", "has no PATH; programs are looked up there.");
        return variables.ToImmutable();
    }

    /// <summary>Whether a command may be given a variable of this name.</summary>
    public static bool IsAllowed(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_') &&
        !ForbiddenNames.Contains(name) &&
        !ForbiddenPrefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
