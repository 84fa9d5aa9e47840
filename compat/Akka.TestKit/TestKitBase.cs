using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.TestKit.Internal;

namespace Akka.TestKit;

/// <summary>
/// What a test of actors derives from (through TestKit of Akka.TestKit.Xunit2): an actor system, a test actor, and ways
/// to expect things of it. Built of layers, see TestKitFoundation. This last one owns the test actor's helpers and the
/// end.
/// </summary>
public abstract class TestKitBase : TestKitActors
{
    readonly ImplicitSender? _implicitSender;

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system = null, string? testActorName = null)
        : this(assertions, system, ActorSystemSetup.Empty, null, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystemSetup setup, string? actorSystemName = null,
        string? testActorName = null) : this(assertions, null, setup, actorSystemName, testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, Config config, string? actorSystemName = null,
        string? testActorName = null)
        : this(assertions, null, ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config)), actorSystemName,
            testActorName)
    {
    }

    protected TestKitBase(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup config,
        string? actorSystemName, string? testActorName)
        : base(assertions, system, config, actorSystemName, testActorName)
    {
        EventFilter = new EventFilterFactory(this);
        if (this is not INoImplicitSender)
            _implicitSender = new ImplicitSender((ActorCell)((ActorRefWithCell)TestActor).Underlying);
        else if (this is not TestProbe)
            InternalCurrentActorCellKeeper.Current = null;
    }

    /// <summary>Expects log events, and keeps those it expects out of the log.</summary>
    public EventFilterFactory EventFilter { get; }

    public EventFilterFactory CreateEventFilter(ActorSystem system) => new(this, system);

    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, Assert, name);

    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    public TestBarrier CreateTestBarrier(int count) => new(this, count, TestKitSettings.DefaultTimeout);

    /// <summary>The test actor gets a Terminated when this actor ends; it is watched when the call returns.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => WatchAsync(actorToWatch).GetAwaiter().GetResult();

    public IActorRef Unwatch(IActorRef actorToUnwatch) => UnwatchAsync(actorToUnwatch).GetAwaiter().GetResult();

    public Task<IActorRef> WatchAsync(IActorRef actorToWatch)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Command(new TestActorBehavior.WatchActor(actorToWatch, done));
        return Finish(done.Task, actorToWatch);
    }

    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Command(new TestActorBehavior.UnwatchActor(actorToUnwatch, done));
        return Finish(done.Task, actorToUnwatch);
    }

    /// <summary>Messages of which this is true are not queued.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) =>
        Command(new TestActorBehavior.Ignore(shouldIgnoreMessage));

    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) =>
        IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    public void IgnoreMessages<TMsg>() => IgnoreMessages(message => message is TMsg);

    public void IgnoreNoMessages() => Command(new TestActorBehavior.Ignore(null));

    public void SetAutoPilot(AutoPilot pilot) => Command(new TestActorBehavior.Steer(pilot));

    /// <summary>Terminates the actor system; when that takes longer, logs a warning, or throws if told to
    /// verify.</summary>
    public virtual void Shutdown(TimeSpan? duration = null, bool verifySystemShutdown = false) =>
        Shutdown(Sys, duration, verifySystemShutdown);

    protected virtual void Shutdown(ActorSystem system, TimeSpan? duration = null, bool verifySystemShutdown = false)
    {
        ArgumentNullException.ThrowIfNull(system);
        if (system == Sys)
            _implicitSender?.Release();
        var time = duration ?? Min(Dilated(TimeSpan.FromSeconds(5)), TimeSpan.FromSeconds(10));
        if (system.Terminate().Wait(time))
            return;
        if (verifySystemShutdown)
            throw new TimeoutException($"The actor system {system.Name} has not stopped within {time}");
        system.Log.Warning("The actor system {0} has not stopped within {1}", system.Name, time);
    }

    internal void Fail(string format, params object[] args) => Assert.Fail(format, args);

    void Command(object command) => TestActor.Tell(command, ActorRefs.NoSender);

    async Task<IActorRef> Finish(Task done, IActorRef actor)
    {
        await done.WaitAsync(RemainingOrDefault);
        return actor;
    }
}
