using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

/// <summary>What a connection tells its channels of the login, and others of its channels.</summary>
public sealed class ConnectionRightsTests : ActorSpec
{
    [Fact]
    public void A_channel_is_told_that_it_may_nothing_any_more_before_a_revoked_login_stops_it()
    {
        var bench = new ConnectionBench(this).Login();
        bench.OpenChannel(1);
        var channel = Watch(bench.Service.Sender);

        bench.Actor.Tell(new SessionRevoked("disabled by root", "the account was disabled"), TestActor);

        Assert.Equal(Rights.None, bench.Service.ExpectMsg<RightsChanged>().Rights);
        ExpectTerminated(channel);
    }

    [Fact]
    public void A_channel_knows_the_session_it_belongs_to()
    {
        var context = new ConnectionBench(this).Login().OpenChannel(1);

        Assert.Equal((ConnectionBench.Account, context.ConnectionId), (context.Session!.Account, context.Session.ConnectionId));
        Assert.Equal("none", context.Protection);
    }

    [Fact]
    public void An_attempt_at_a_service_without_a_right_is_refused_as_if_there_were_none_and_written_down()
    {
        var audit = CreateTestProbe();
        var bench = new ConnectionBench(
            this, audit: audit.Ref, access: new ServiceAccess([Verb.ExecRun], _ => new Demand(Verb.ExecRun, "rm"))).AskForLogin();
        bench.LetIn(Rights.None);
        audit.ExpectMsg<NoteFirst>();
        audit.Reply(new Noted(null));
        bench.Transport.ExpectFrame(FrameType.Authenticated);

        bench.Transport.Deliver(ConnectionBench.Open(1));
        Assert.Equal(ErrorCode.NotFound, bench.ExpectRefused(1).Code);
        bench.Transport.Deliver(ConnectionBench.Open(2, "nonsense"));
        Assert.Equal(ErrorCode.NotFound, bench.ExpectRefused(2).Code);

        var written = audit.ExpectMsg<Note>().Event;
        Assert.Equal(("exec.run", "forbidden", "rm", ConnectionBench.Account), (written.Act, written.Outcome, written.Subject, written.Account));
        Assert.False(audit.HasMessages);
    }

    [Fact]
    public void A_connection_counts_its_open_channels()
    {
        var bench = new ConnectionBench(this).Login();
        var id = bench.OpenChannel(1).ConnectionId;
        bench.OpenChannel(2);

        bench.Actor.Tell(CountChannels.Instance, TestActor);

        ExpectMsg(new ChannelCount(id, 2));
    }

    [Fact]
    public void The_id_of_a_connection_tells_where_its_actor_is()
    {
        Assert.Equal("/user/listeners/native/conn-17", ConnectionAddress.PathOf("b3f1c2d4/native/conn-17"));
        Assert.Equal("/user/listeners/nonsense", ConnectionAddress.PathOf("nonsense"));
    }
}
