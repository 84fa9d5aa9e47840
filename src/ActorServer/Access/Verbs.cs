using System.Collections.Immutable;

namespace ActorNet.Server.Access;

/// <summary>What a verb is done to.</summary>
public enum ScopeKind
{
    /// <summary>Nothing in particular: the verb is had or not.</summary>
    None,

    /// <summary>A room by its name.</summary>
    Room,

    /// <summary>A program as the client writes it.</summary>
    Program,

    /// <summary>A path from the root of the files.</summary>
    Path,

    /// <summary>An account by its name.</summary>
    Account,
}

/// <summary>The names of the verbs, as in patterns, in the audit and in answers, and what each is done to.</summary>
public static class Verbs
{
    private static readonly ImmutableArray<(Verb Verb, string Name, ScopeKind Scope)> Table =
    [
        (Verb.EchoOpen, "echo.open", ScopeKind.None),
        (Verb.ChatJoin, "chat.join", ScopeKind.Room),
        (Verb.ExecRun, "exec.run", ScopeKind.Program),
        (Verb.ExecShell, "exec.shell", ScopeKind.None),
        (Verb.FileRead, "file.read", ScopeKind.Path),
        (Verb.FileWrite, "file.write", ScopeKind.Path),
        (Verb.AdminSessions, "admin.sessions", ScopeKind.None),
        (Verb.AdminDisconnect, "admin.disconnect", ScopeKind.Account),
    ];

    /// <summary>All verbs.</summary>
    public static ImmutableArray<Verb> All { get; } = [.. Table.Select(row => row.Verb)];

    /// <summary>The name: <c>chat.join</c>.</summary>
    public static string ToWire(this Verb verb) => Row(verb).Name;

    /// <summary>What the verb is done to.</summary>
    public static ScopeKind Scopes(this Verb verb) => Row(verb).Scope;

    /// <summary>The verbs a pattern names: one, all of a service (<c>chat.*</c>), or every one (<c>*</c>). Empty: no such verb.</summary>
    internal static ImmutableArray<Verb> Named(string name)
    {
        if (name == "*") return All;
        return name.EndsWith(".*", StringComparison.Ordinal)
            ? [.. Table.Where(row => row.Name.StartsWith(name[..^1], StringComparison.Ordinal)).Select(row => row.Verb)]
            : [.. Table.Where(row => row.Name == name).Select(row => row.Verb)];
    }

    private static (Verb Verb, string Name, ScopeKind Scope) Row(Verb verb) => Table.First(row => row.Verb == verb);
}
