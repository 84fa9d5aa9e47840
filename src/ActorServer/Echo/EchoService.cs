using ActorNet.Protocol.Channels;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Settings;
using Akka.Actor;

namespace ActorNet.Server.Echo;

/// <summary>The service <c>echo</c>: a channel whose DATA comes back. Has no state beyond its channels.</summary>
public static class EchoService
{
    /// <summary>The service as connections see it.</summary>
    public static ServiceDefinition Definition(EchoSettings settings) => new(
        ServiceNames.Echo, settings.Window, context => Props.Create(() => new EchoChannel(context)))
    {
        Access = new ServiceAccess(AccessTable.VerbsOf(ServiceNames.Echo), open => AccessTable.DemandOf(ServiceNames.Echo, open)),
    };
}

/// <summary><c>actornet.echo</c>.</summary>
/// <param name="Window">The channel's window.</param>
public sealed record EchoSettings(ChannelWindow Window)
{
    /// <summary>Reads <c>actornet.echo</c>.</summary>
    public static EchoSettings From(SettingsReader settings) => new(ChannelWindow.From(settings));
}
