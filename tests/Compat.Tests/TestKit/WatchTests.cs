using Akka.Actor;
using Akka.TestKit.TestActors;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class WatchTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void End_of_a_watched_actor_is_told()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Assert.Equal(actor, Watch(actor));

        Sys.Stop(actor);

        Assert.Equal(actor, ExpectTerminated(actor).ActorRef);
    }

    [Fact]
    public async Task End_of_a_watched_actor_can_be_awaited()
    {
        var actor = Sys.ActorOf(BlackHoleActor.Props);
        Watch(actor);

        Sys.Stop(actor);

        Assert.Equal(actor, (await ExpectTerminatedAsync(actor)).ActorRef);
    }

    [Fact]
    public void End_of_an_unwatched_actor_is_not_told()
    {
        var (actor, marker) = (Sys.ActorOf(BlackHoleActor.Props), Sys.ActorOf(BlackHoleActor.Props));
        Watch(actor);
        Unwatch(actor);
        var probe = CreateTestProbe();
        probe.Watch(actor);

        Sys.Stop(actor);
        probe.ExpectTerminated(actor);
        Watch(marker);
        Sys.Stop(marker);

        ExpectTerminated(marker);
    }

    [Fact]
    public void End_of_another_actor_fails()
    {
        var expected = Sys.ActorOf(BlackHoleActor.Props, "expected");
        var other = Sys.ActorOf(BlackHoleActor.Props, "other");
        Watch(other);
        Sys.Stop(other);

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectTerminated(expected));

        Assert.Contains("other", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ignored_messages_do_not_arrive()
    {
        IgnoreMessages(message => message is int);
        TestActor.Tell(1);
        TestActor.Tell("a");
        ExpectMsg("a");

        IgnoreMessages<string>(text => text == "b");
        TestActor.Tell("b");
        TestActor.Tell("c");
        ExpectMsg("c");

        IgnoreNoMessages();
        TestActor.Tell("b");
        ExpectMsg("b");
    }
}
