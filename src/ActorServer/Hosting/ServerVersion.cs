using System.Reflection;
using Akka.Actor;

namespace ActorNet.Server.Hosting;

/// <summary>Versions, for people.</summary>
internal static class ServerVersion
{
    /// <summary>Of this program: <c>0.1.0</c>.</summary>
    public static string Own { get; } = Of(typeof(ServerVersion).Assembly);

    /// <summary>Of this program and what it runs on.</summary>
    public static string Line { get; } = $"actorserver {Own} (Akka.NET {Of(typeof(ActorSystem).Assembly)}, .NET {Environment.Version})";

    // What follows the + is the commit: of no use to whoever reads it here.
    private static string Of(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
