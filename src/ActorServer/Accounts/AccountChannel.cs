using ActorNet.Protocol;
using ActorNet.Protocol.Accounts;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Accounts;

/// <summary>Says who the client is in OPENED, and is done. Has no state and asks nobody.</summary>
public sealed class AccountChannel(ChannelContext context) : ChannelActor(context)
{
    protected override void OnStart()
    {
        if (Channel.Session is not { } session)
        {
            Refuse(ErrorCode.Internal, "the node has lost the session; connect again");
            return;
        }

        var who = new WhoAmI(
            session.Account, session.Roles, Rights.Allow, Rights.Deny, session.Mechanism, session.Credential, Channel.ConnectionId,
            Channel.Protection);
        Opened(who, ProtocolJsonContext.Default.WhoAmI);
        SendEof();
        Close();
    }
}
