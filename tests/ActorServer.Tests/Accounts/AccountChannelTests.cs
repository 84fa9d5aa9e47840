using ActorNet.Protocol;
using ActorNet.Protocol.Accounts;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Accounts;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Accounts;

public sealed class AccountChannelTests : ActorSpec
{
    private readonly TestProbe _framing;

    public AccountChannelTests() => _framing = CreateTestProbe();

    [Fact]
    public void Who_asks_is_told_and_the_channel_is_done()
    {
        var rights = new Rights(["echo.open", "chat.join:*"], ["chat.join:ops"]);
        var session = new Session(
            "alice", ["staff"], rights, "password", "SCRAM-SHA-256-PLUS", "b3f1c2d4/native/conn-1", "192.0.2.1:5", DateTimeOffset.UnixEpoch);

        var channel = Open(rights, session);

        var frames = _framing.ExpectMsg<SendFrames>().Frames;
        Assert.Equal([FrameType.Opened, FrameType.Eof, FrameType.Close], frames.Select(frame => frame.Type));
        var who = ProtocolJson.Decode(
            ProtocolJson.Decode(frames[0].Payload, ProtocolJsonContext.Default.ChannelOpened).Result, ProtocolJsonContext.Default.WhoAmI);
        Assert.Equal(["staff"], who.Roles);
        Assert.Equal(["chat.join:*", "echo.open"], who.Allow);
        Assert.Equal(["chat.join:ops"], who.Deny);
        Assert.Equal(
            ("alice", "SCRAM-SHA-256-PLUS", WhoAmI.Password, "b3f1c2d4/native/conn-1", "TLS 1.3"),
            (who.Account, who.Mechanism, who.Credential, who.Connection, who.Protection));
        ExpectTerminated(channel);
    }

    [Fact]
    public void Nobody_needs_a_right_for_it()
    {
        Assert.True(AccountService.Definition().Access.IsOfferedTo(Rights.None));

        Open(Rights.None, new Session("alice", [], Rights.None, "k-1", "HMAC-SHA-256", "c", "r", DateTimeOffset.UnixEpoch));

        Assert.Equal(FrameType.Opened, _framing.ExpectMsg<SendFrames>().Frames[0].Type);
    }

    [Fact]
    public void Without_a_session_there_is_nothing_to_tell()
    {
        Open(Rights.All, null);

        var refused = _framing.ExpectMsg<SendFrames>().Frames.Single();
        Assert.Equal(ErrorCode.Internal, ProtocolJson.Decode(refused.Payload, ProtocolJsonContext.Default.ChannelRefused).Code);
    }

    private IActorRef Open(Rights rights, Session? session)
    {
        var context = new ChannelContext(
            3, _framing, "alice", "b3f1c2d4/native/conn-1", new OpenChannel("account", 1000), TestLimits.Window, TestLimits.Channel)
        {
            Rights = rights,
            Session = session,
            Protection = "TLS 1.3",
        };
        var channel = Watch(Sys.ActorOf(AccountService.Definition().CreateChannel(context)));
        channel.Tell(StartChannel.Instance);
        return channel;
    }
}
