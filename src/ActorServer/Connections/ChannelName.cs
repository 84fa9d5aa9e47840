using Akka.Actor;

namespace ActorNet.Server.Connections;

/// <summary>Names of channel actors below their connection: <c>ch-1</c>.</summary>
internal static class ChannelName
{
    /// <summary>The name for a new channel of this number; the actor before on it may still be ending.</summary>
    public static string For(uint channel, IActorContext connection)
    {
        var name = $"ch-{channel}";
        for (var i = 2; !connection.Child(name).IsNobody(); i++) name = $"ch-{channel}-{i}";
        return name;
    }
}
