using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorNet.Compat.Tests.TestKit.StandInOnly;

/// <summary>What the official kit does not promise: it leaves the implicit sender on the thread that made it, and
/// supervises children of the test actor in the default way whatever strategy is named.</summary>
public sealed class IsolationTests
{
    [Fact]
    public async Task Thread_that_made_a_kit_loses_the_sender_when_the_test_goes_on_elsewhere()
    {
        ActorCell? during = null;
        ActorCell? after = null;
        var gate = new TaskCompletionSource();
        Task? test = null;

        async Task Test()
        {
            using var kit = new Akka.TestKit.Xunit2.TestKit();
            during = InternalCurrentActorCellKeeper.Current;
            await gate.Task;
        }

        var thread = new Thread(() =>
        {
            test = Test();
            after = InternalCurrentActorCellKeeper.Current;
        });
        thread.Start();
        thread.Join();
        gate.SetResult();
        await test!;

        Assert.NotNull(during);
        Assert.Null(after);
    }

    [Fact]
    public void Dispose_takes_the_sender_off_the_thread()
    {
        new Akka.TestKit.Xunit2.TestKit().Dispose();

        Assert.Null(InternalCurrentActorCellKeeper.Current);
    }

    [Fact]
    public async Task Work_started_by_a_test_on_another_thread_has_no_implicit_sender()
    {
        using var kit = new Akka.TestKit.Xunit2.TestKit();

        Assert.Null(await Task.Run(() => InternalCurrentActorCellKeeper.Current));
    }

    [Fact]
    public void A_child_is_supervised_as_told()
    {
        using var kit = new Akka.TestKit.Xunit2.TestKit();
        var child = kit.ChildActorOf(Props.Create(() => new Failing()), SupervisorStrategy.StoppingStrategy);
        kit.Watch(child);

        kit.EventFilter.Exception<InvalidTimeZoneException>().ExpectOne(() => child.Tell("fail"));

        kit.ExpectTerminated(child);
    }

    sealed class Failing : ReceiveActor
    {
        public Failing() => ReceiveAny(_ => throw new InvalidTimeZoneException());
    }
}
