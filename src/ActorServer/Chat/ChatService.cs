using ActorNet.Protocol.Channels;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Chat;

/// <summary>The service <c>chat</c>: rooms, who is in them, and one order of messages for all.</summary>
public static class ChatService
{
    /// <summary>Name of the service's actor below <c>/user</c>.</summary>
    public const string ActorName = "chat";

    /// <summary>What the route table needs to open chat channels.</summary>
    /// <param name="chat">The <see cref="ChatActor"/>.</param>
    /// <param name="settings">Limits of the service.</param>
    /// <param name="time">The clock of the rate limit; absent: the system's.</param>
    public static ServiceDefinition Definition(IActorRef chat, ChatSettings settings, TimeProvider? time = null)
    {
        var clock = time ?? TimeProvider.System;
        return new ServiceDefinition(
            ServiceNames.Chat, settings.Window, context => ChatChannel.Props(context, chat, settings, clock))
        {
            // The channel itself is nothing yet: each room is asked for.
            Access = new ServiceAccess(AccessTable.VerbsOf(ServiceNames.Chat), _ => null),
        };
    }
}
