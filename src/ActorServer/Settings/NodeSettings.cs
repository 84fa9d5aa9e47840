namespace ActorNet.Server.Settings;

/// <summary>Who this node is: <c>actornet.node</c>.</summary>
/// <param name="Name">What it calls itself to clients and in logs.</param>
public sealed record NodeSettings(string Name)
{
    private const int MaxNameLength = 64;

    /// <summary>Reads <c>actornet.node</c>.</summary>
    public static NodeSettings From(SettingsReader settings)
    {
        var name = settings.Text("name");
        if (name.Length > MaxNameLength || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '.' or '_')))
            settings.Fail("name", $"is '{name}'; it takes at most {MaxNameLength} of a to z, A to Z, 0 to 9, '-', '.' and '_'.");
        return new NodeSettings(name);
    }
}
