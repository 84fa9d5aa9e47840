using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Admin;

/// <summary>The service <c>admin</c>: who is connected, and the end of a connection.</summary>
public static class AdminService
{
    // The client sends nothing but OPEN, so there is nothing to set.
    private static readonly ChannelWindow Window = new(64 * 1024, 64 * 1024);

    /// <summary>The service as connections see it; <paramref name="accounts"/> is the AccountsActor.</summary>
    public static ServiceDefinition Definition(IActorRef accounts) =>
        new(ServiceNames.Admin, Window, context => Props.Create(() => new AdminChannel(context, accounts)))
        {
            Access = new ServiceAccess(AccessTable.VerbsOf(ServiceNames.Admin), DemandOf),
        };

    // To end a connection takes a right to its account, which AdminChannel has to find out first.
    private static Demand? DemandOf(OpenChannel open)
    {
        var request = ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.AdminRequest);
        return request is DisconnectSession ? null : AccessTable.DemandOf(ServiceNames.Admin, request);
    }
}
