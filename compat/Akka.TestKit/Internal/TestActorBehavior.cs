using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>The actor behind a TestKit or a TestProbe: queues what it receives. Commands to itself are the records
/// below.</summary>
internal sealed class TestActorBehavior(TestActorQueue queue) : UntypedActor
{
    readonly PerChildSupervision _supervision = new();
    Func<object, bool>? _ignore;
    AutoPilot _autoPilot = AutoPilot.NoAutoPilot;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Ignore ignore:
                _ignore = ignore.Predicate;
                break;
            case Steer steer:
                _autoPilot = steer.AutoPilot;
                break;
            case WatchActor watch:
                Context.Watch(watch.Actor);
                watch.Done.TrySetResult();
                break;
            case UnwatchActor unwatch:
                Context.Unwatch(unwatch.Actor);
                unwatch.Done.TrySetResult();
                break;
            case Spawn spawn:
                HandleSpawn(spawn);
                break;
            default:
                HandleMessage(message);
                break;
        }
    }

    protected override SupervisorStrategy SupervisorStrategy() => _supervision;

    void HandleSpawn(Spawn spawn)
    {
        try
        {
            var child = Context.ActorOf(spawn.Props, spawn.Name);
            if (spawn.Strategy != null)
                _supervision.Use(child, spawn.Strategy);
            spawn.Child.TrySetResult(child);
        }
        catch (InvalidActorNameException refused)
        {
            spawn.Child.TrySetException(refused);
        }
    }

    void HandleMessage(object message)
    {
        var next = _autoPilot.Run(Sender, message);
        if (next is not KeepRunning)
            _autoPilot = next;
        if (_ignore == null || !_ignore(message))
            queue.Enqueue(new RealMessageEnvelope(message, Sender));
    }

    internal sealed record Ignore(Func<object, bool>? Predicate) : INoSerializationVerificationNeeded;

    internal sealed record Steer(AutoPilot AutoPilot) : INoSerializationVerificationNeeded;

    internal sealed record WatchActor(IActorRef Actor, TaskCompletionSource Done) : INoSerializationVerificationNeeded;

    internal sealed record UnwatchActor(IActorRef Actor, TaskCompletionSource Done)
        : INoSerializationVerificationNeeded;

    internal sealed record Spawn(Props Props, string? Name, SupervisorStrategy? Strategy,
        TaskCompletionSource<IActorRef> Child)
        : INoSerializationVerificationNeeded;
}
