using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.TestActors;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class ImplicitSenderTests : Akka.TestKit.Xunit2.TestKit
{
    [Fact]
    public void Test_actor_is_the_sender_of_what_the_test_tells()
    {
        var echo = Sys.ActorOf(Props.Create(() => new SimpleEcho()));

        echo.Tell("hello");

        ExpectMsg("hello");
        Assert.Equal(echo, LastSender);
    }

    [Fact]
    public async Task It_is_the_sender_after_an_await_too()
    {
        var echo = Sys.ActorOf(Props.Create(() => new SimpleEcho()));

        await Task.Yield();
        echo.Tell(1);
        await ExpectMsgAsync(1);
        await Task.Run(() => { });
        echo.Tell(2);

        await ExpectMsgAsync(2);
    }

    [Fact]
    public void It_is_the_sender_after_a_foreign_continuation_ran_on_the_thread()
    {
        var echo = Sys.ActorOf(Props.Create(() => new SimpleEcho()));
        var gate = new TaskCompletionSource();
        var continued = new TaskCompletionSource();
        ExecutionContext.SuppressFlow();
        var foreign = new Thread(() => gate.Task.ContinueWith(_ => continued.SetResult(),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default));
        foreign.Start();
        ExecutionContext.RestoreFlow();
        foreign.Join();

        gate.SetResult();
        Assert.True(continued.Task.IsCompleted);
        echo.Tell("hello");

        ExpectMsg("hello");
    }

    [Fact]
    public void Making_a_probe_does_not_change_it()
    {
        var echo = Sys.ActorOf(Props.Create(() => new SimpleEcho()));
        var probe = CreateTestProbe();

        echo.Tell("hello");

        ExpectMsg("hello");
        probe.ExpectNoMsg(0);
    }

    [Fact]
    public void An_actor_on_the_calling_thread_is_its_own_sender_meanwhile()
    {
        var probe = CreateTestProbe();
        var forwarder = ActorOf(Props.Create(() => new Greeter(probe.Ref)).WithDispatcher(CallingThreadDispatcher.Id));

        forwarder.Tell("go");
        probe.ExpectMsg("greetings");
        Assert.Equal(forwarder, probe.Sender);

        TestActor.Tell("mine");
        ExpectMsgFrom(TestActor, "mine");
    }

    sealed class SimpleEcho : ReceiveActor
    {
        public SimpleEcho() => ReceiveAny(message => Sender.Tell(message));
    }

    sealed class Greeter : ReceiveActor
    {
        public Greeter(IActorRef target) => ReceiveAny(_ => target.Tell("greetings"));
    }
}

public sealed class NoImplicitSenderTests : Akka.TestKit.Xunit2.TestKit, INoImplicitSender
{
    [Fact]
    public void Nobody_is_the_sender_of_what_the_test_tells()
    {
        var echo = Sys.ActorOf(EchoActor.Props(this));

        echo.Tell("hello");

        ExpectMsg("hello");
        Assert.True(LastSender.IsNobody() || LastSender.Equals(Sys.DeadLetters));
    }
}
