using ActorNet.Protocol.Channels;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Accounts;

/// <summary>The service <c>account</c>: who a client is and what it may do. Open to everybody who is logged in.</summary>
public static class AccountService
{
    // The client sends nothing here, so there is nothing to set.
    private static readonly ChannelWindow Window = new(64 * 1024, 64 * 1024);

    /// <summary>The service as connections see it.</summary>
    public static ServiceDefinition Definition() =>
        new(ServiceNames.Account, Window, context => Props.Create(() => new AccountChannel(context)))
        {
            Access = ServiceAccess.Everybody,
        };
}
