using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Hosting;

/// <summary>
/// Parent of the listeners. A listener that fails has lost its connections and its port: the node then stops in order,
/// so that whoever supervises it starts it afresh, and does not live on deaf. Ends with the node.
/// </summary>
internal sealed class ListenersActor : ReceiveActor
{
    private readonly ILoggingAdapter _log;

    public ListenersActor()
    {
        _log = Context.ServerLog();

        Receive<AddListener>(HandleAddListener);
        Receive<Terminated>(HandleTerminated);
    }

    private void HandleAddListener(AddListener message) =>
        Sender.Tell(new ListenerAdded(Context.Watch(Context.ActorOf(message.Props, message.Name))));

    private void HandleTerminated(Terminated message)
    {
        _log.Error("The listener {Listener} failed; the node stops", message.ActorRef.Path.Name);
        CoordinatedShutdown.Get(Context.System).Run(ListenerLost.Instance);
    }

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private sealed class ListenerLost : CoordinatedShutdown.Reason
    {
        public static readonly ListenerLost Instance = new();
    }
}

/// <summary>Host to listeners: make one. Answered by <see cref="ListenerAdded"/>.</summary>
internal sealed record AddListener(string Name, Props Props);

/// <summary>The listener is there; it does not listen yet.</summary>
internal sealed record ListenerAdded(IActorRef Actor);
