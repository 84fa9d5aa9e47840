using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
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
        new(ServiceNames.Exec, settings.Window, context => ExecChannel.Props(context, exec, settings))
        {
            Access = new ServiceAccess(AccessTable.VerbsOf(ServiceNames.Exec), open => DemandOf(open, settings)),
        };

    // A request that makes no sense is refused as that, whatever the account may do; whether this node has a shell is for who may use it.
    private static Demand DemandOf(OpenChannel open, ExecSettings settings)
    {
        var request = ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.ExecRequest);
        if (ExecPolicy.Refusal(request, settings) is { Code: ErrorCode.Invalid } invalid)
            throw new ProtocolViolationException(invalid.Code, invalid.Message);
        return AccessTable.DemandOf(ServiceNames.Exec, request);
    }
}
