namespace ActorNet.Client.Commands;

/// <summary>Where a file goes when only half was said.</summary>
internal static class LocalTarget
{
    /// <summary>The file here that a get writes.</summary>
    public static string Of(string remote, string? local)
    {
        if (local is not null && !Directory.Exists(local) && !Path.EndsInDirectorySeparator(local)) return local;
        var name = NameOf(remote);
        return local is null ? name : Path.Combine(local, name);
    }

    /// <summary>The file there that a put writes.</summary>
    public static string OfPut(string local, string? remote)
    {
        if (remote is not null && !remote.EndsWith('/')) return remote;
        if (local == "-")
            throw new ArgumentException("put - needs the name of the file on the server; say: actornet put - NAME");
        return remote + Path.GetFileName(local);
    }

    private static string NameOf(string remote)
    {
        var name = remote.TrimEnd('/').Split('/')[^1];
        return name is "" or "." or ".."
            ? throw new ArgumentException($"'{remote}' has no file name to use here; say: actornet get {remote} LOCAL")
            : name;
    }
}
