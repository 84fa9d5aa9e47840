using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class ActorsTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Actors_are_made_in_the_system_of_the_test()
    {
        Assert.Equal("/user/props", ActorOf(BlackHoleActor.Props, "props").Path.ToStringWithoutAddress());
        Assert.Equal("/user/type", ActorOf<BlackHoleActor>("type").Path.ToStringWithoutAddress());
        Assert.Equal("/user/factory", ActorOf(() => new Counter(), "factory").Path.ToStringWithoutAddress());
    }

    [Fact]
    public void A_child_of_the_test_actor_tells_its_parent()
    {
        var child = ChildActorOf(Props.Create(() => new Child()), "child");

        child.Tell("to parent");

        ExpectMsgFrom(child, "to parent");
        Assert.Equal(TestActor.Path, child.Path.Parent);
    }

    [Fact]
    public void A_child_is_restarted_when_it_fails()
    {
        var child = ChildActorOf(Props.Create(() => new Child()));

        EventFilter.Exception<InvalidTimeZoneException>().ExpectOne(() => child.Tell(1));
        child.Tell("alive");

        ExpectMsg("alive");
    }

    [Fact]
    public void EchoActor_tells_the_test_actor_and_the_sender()
    {
        var probe = CreateTestProbe();
        var echo = Sys.ActorOf(EchoActor.Props(this));
        var silent = Sys.ActorOf(EchoActor.Props(this, echoBackToSenderAsWell: false));

        probe.Send(echo, "hello");
        ExpectMsgFrom(probe.Ref, "hello");
        probe.ExpectMsg("hello");

        probe.Send(silent, "again");
        ExpectMsgFrom(probe.Ref, "again");
        Assert.False(probe.HasMessages);
    }

    [Fact]
    public void BlackHoleActor_answers_nothing()
    {
        var hole = Sys.ActorOf(BlackHoleActor.Props.WithDispatcher(CallingThreadDispatcher.Id));
        AwaitCondition(() => hole is not IRepointableRef starting || starting.IsStarted);

        hole.Tell("hello");

        Assert.False(HasMessages);
    }

    [Fact]
    public void TestActorRef_shows_the_instance_and_runs_on_the_calling_thread()
    {
        var actor = ActorOfAsTestActorRef(() => new Counter(), "counter");

        actor.Tell("count");
        actor.Tell("count", TestActor);

        Assert.Equal(2, actor.UnderlyingActor.Count);
        Assert.Equal(Environment.CurrentManagedThreadId, actor.UnderlyingActor.Thread);
        Assert.Equal("/user/counter", actor.Path.ToStringWithoutAddress());
        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void TestActorRef_is_an_actor_reference()
    {
        var actor = ActorOfAsTestActorRef<Counter>();
        IActorRef reference = actor;
        Watch(reference);

        reference.Tell("count");
        Assert.Equal(1, actor.UnderlyingActor.Count);
        ExpectMsg(1);
        Sys.Stop(reference);

        ExpectTerminated(actor.Ref);
    }

    [Fact]
    public void Receive_of_a_TestActorRef_throws_what_the_actor_throws()
    {
        var actor = ActorOfAsTestActorRef<Child>(Props.Create(() => new Child()));

        Assert.Throws<InvalidTimeZoneException>(() => actor.Receive(1));
    }

    [Fact]
    public void A_supervisor_can_be_named()
    {
        var actor = ActorOfAsTestActorRef<Child>(Props.Create(() => new Child()), TestActor, "child");

        actor.Tell("to parent");

        ExpectMsg("to parent");
        Assert.Equal(TestActor.Path, actor.Path.Parent);
    }

    sealed class Child : ReceiveActor
    {
        public Child()
        {
            Receive<string>(text => Context.Parent.Tell(text));
            Receive<int>(_ => throw new InvalidTimeZoneException());
        }
    }

    sealed class Counter : ReceiveActor
    {
        public Counter() => Receive<string>(_ =>
        {
            Thread = Environment.CurrentManagedThreadId;
            Sender.Tell(++Count);
        });

        public int Count { get; private set; }

        public int Thread { get; private set; }
    }
}
