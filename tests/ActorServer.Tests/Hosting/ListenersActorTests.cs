using ActorNet.Server.Hosting;
using Akka.Actor;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Hosting;

public class ListenersActorTests : TestKit
{
    public ListenersActorTests() : base("akka { loglevel = OFF, stdout-loglevel = OFF }")
    {
    }

    [Fact]
    public void A_listener_is_made_under_its_name()
    {
        var listeners = Sys.ActorOf(Props.Create(() => new ListenersActor()), "listeners");

        listeners.Tell(new AddListener("native", Props.Create(() => new Fragile())), TestActor);

        Assert.EndsWith("/user/listeners/native", ExpectMsg<ListenerAdded>().Actor.Path.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_listener_that_fails_ends_the_node()
    {
        var listeners = Sys.ActorOf(Props.Create(() => new ListenersActor()), "listeners");
        listeners.Tell(new AddListener("native", Props.Create(() => new Fragile())), TestActor);
        var listener = ExpectMsg<ListenerAdded>().Actor;

        listener.Tell("fail");

        await Sys.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private sealed class Fragile : ReceiveActor
    {
        public Fragile() => Receive<string>(_ => throw new InvalidOperationException("failed as asked"));
    }
}
