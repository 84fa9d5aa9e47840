using ActorNet.Protocol.Channels;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Exec;

/// <summary>The service <c>exec</c>: commands on the node.</summary>
public static class ExecService
{
    /// <summary>What the connection needs to know of it.</summary>
    /// <param name="exec">The <see cref="ExecActor"/>.</param>
    /// <param name="settings">Its settings.</param>
    public static ServiceDefinition Definition(IActorRef exec, ExecSettings settings) =>
        new(ServiceNames.Exec, settings.Window, context => ExecChannel.Props(context, exec, settings));
}
