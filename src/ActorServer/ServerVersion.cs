using System.Reflection;

namespace ActorNet.Server;

/// <summary>What this program calls itself.</summary>
public static class ServerVersion
{
    /// <summary>The version alone: <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        typeof(ServerVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Name and version, as told to clients: <c>actorserver/0.1.0</c>.</summary>
    public static string Software { get; } = $"actorserver/{Version}";
}
