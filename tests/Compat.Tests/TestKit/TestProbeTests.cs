using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class TestProbeTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Receives_apart_from_the_test_actor_and_from_other_probes()
    {
        var (first, second) = (CreateTestProbe(), CreateTestProbe());

        first.Tell(1);
        second.Tell(2);
        TestActor.Tell(3);

        second.ExpectMsg(2);
        first.ExpectMsg(1);
        ExpectMsg(3);
    }

    [Fact]
    public void Is_an_actor_reference_where_one_is_asked_for()
    {
        var probe = CreateTestProbe();
        IActorRef reference = probe;

        reference.Tell("hello");

        probe.ExpectMsg("hello");
        Assert.Equal(probe.Ref, reference);
        Assert.Equal(probe.Ref.Path, reference.Path);
    }

    [Fact]
    public void Name_is_part_of_the_path()
    {
        Assert.Equal("partner", CreateTestProbe("partner").Ref.Path.Name);
    }

    [Fact]
    public void Send_makes_the_probe_the_sender_and_Reply_answers_the_last_one()
    {
        var (client, server) = (CreateTestProbe(), CreateTestProbe());

        client.Send(server, "question");
        server.ExpectMsg("question");
        Assert.Equal(client.Ref, server.Sender);
        server.Reply("answer");

        client.ExpectMsg("answer");
        Assert.Equal(server.Ref, client.Sender);
    }

    [Fact]
    public void Forward_keeps_the_sender()
    {
        var (client, middle, server) = (CreateTestProbe(), CreateTestProbe(), CreateTestProbe());
        client.Send(middle, "question");
        middle.ExpectMsg("question");

        middle.Forward(server);
        server.ExpectMsgFrom(client.Ref, "question");
        middle.Forward(server, "other question");
        server.ExpectMsgFrom(client.Ref, "other question");
    }

    [Fact]
    public void Watches_and_is_watched()
    {
        var (watcher, watched) = (CreateTestProbe(), CreateTestProbe());
        watcher.Watch(watched);

        Sys.Stop(watched);

        watcher.ExpectTerminated(watched);
    }

    [Fact]
    public void An_actor_can_watch_it()
    {
        var probe = CreateTestProbe();
        var watcher = Sys.ActorOf(Props.Create(() => new Watcher(TestActor)));
        watcher.Tell(probe.Ref);
        ExpectMsg("watching");

        Sys.Stop(probe);

        ExpectMsg(probe.Ref);
    }

    [Fact]
    public void Auto_pilot_answers_as_messages_come_and_the_messages_still_arrive()
    {
        var probe = CreateTestProbe();
        probe.SetAutoPilot(new DelegateAutoPilot((sender, message) =>
        {
            sender.Tell($"re: {message}", probe);
            return message is "last" ? AutoPilot.NoAutoPilot : AutoPilot.KeepRunning;
        }));

        probe.Tell("first");
        probe.Tell("last");
        probe.Tell("unanswered");

        ExpectMsg("re: first");
        ExpectMsg("re: last");
        probe.ExpectMsg("first");
        probe.ExpectMsg("last");
        probe.ExpectMsg("unanswered");
        Assert.False(HasMessages);
    }

    [Fact]
    public void An_auto_pilot_can_hand_over_to_another()
    {
        var probe = CreateTestProbe();
        AutoPilot Answer(int number) => new DelegateAutoPilot((sender, _) =>
        {
            sender.Tell(number);
            return Answer(number + 1);
        });
        probe.SetAutoPilot(Answer(1));

        probe.Tell("a");
        probe.Tell("b");

        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public async Task Ask_works_against_a_probe()
    {
        var probe = CreateTestProbe();

        var answer = probe.Ask<string>("question", TimeSpan.FromSeconds(3));
        await probe.ExpectMsgAsync("question");
        probe.Reply("answer");

        Assert.Equal("answer", await answer);
    }

    sealed class Watcher : ReceiveActor
    {
        public Watcher(IActorRef target)
        {
            Receive<IActorRef>(actor =>
            {
                Context.Watch(actor);
                target.Tell("watching");
            });
            Receive<Terminated>(terminated => target.Tell(terminated.ActorRef));
        }
    }
}
