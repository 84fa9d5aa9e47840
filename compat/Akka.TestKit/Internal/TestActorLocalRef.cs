using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;

namespace Akka.TestKit.Internal;

/// <summary>A local actor on the calling-thread dispatcher whose instance can be got at.</summary>
internal sealed class TestActorLocalRef : LocalActorRef
{
    static long unnamed;

    TestActorLocalRef(ActorSystemImpl system, Props props, MessageDispatcher dispatcher, MailboxType mailbox,
        IInternalActorRef supervisor, ActorPath path) : base(system, props, dispatcher, mailbox, supervisor, path)
    {
    }

    /// <summary>The instance; on another dispatcher than the calling thread's it may still have to be made.</summary>
    public ActorBase Actor
    {
        get
        {
            ActorBase? actor = null;
            if (!SpinWait.SpinUntil(() => IsTerminated || (actor = ((TestActorCell)Cell).Instance) != null,
                    TestKitExtension.For(System).DefaultTimeout))
                throw new TimeoutException($"{this} has not been started");
            return actor ?? throw new IllegalActorStateException("Underlying actor is terminated");
        }
    }

    public static TestActorLocalRef Create(ActorSystem system, Props props, IActorRef? supervisor, string? name)
    {
        name ??= $"$${Interlocked.Increment(ref unnamed)}";
        supervisor = (supervisor as TestProbe)?.Ref ?? supervisor;
        var parent = (IInternalActorRef)(supervisor ?? ((ActorSystemImpl)system).Guardian);
        if (props.Deploy.Dispatcher == Deploy.NoDispatcherGiven)
            props = props.WithDispatcher(CallingThreadDispatcher.Id);
        var dispatcher = system.Dispatchers.Lookup(props.Deploy.Dispatcher);
        Reserve(parent, name);
        var mailbox = system.Mailboxes.GetMailboxType(props, dispatcher.Configurator.Config);
        var actor = new TestActorLocalRef((ActorSystemImpl)system, props, dispatcher, mailbox, parent,
            parent.Path / name);
        actor.Start();
        return actor;
    }

    /// <summary>Hands the message to the actor on this thread, past the mailbox; what it throws comes out
    /// here.</summary>
    public void Receive(object message, IActorRef? sender)
    {
        var envelope = new Envelope(message, sender.IsNobody() ? Cell.System.DeadLetters : sender);
        Cell.UseThreadContext(() => Cell.ReceiveMessageForTest(envelope));
    }

    protected override ActorCell NewActorCell(ActorSystemImpl system, IInternalActorRef self, Props props,
        MessageDispatcher dispatcher, IInternalActorRef supervisor) =>
        new TestActorCell(system, self, props, dispatcher, supervisor);

    static void Reserve(IInternalActorRef parent, string name)
    {
        if (parent is not ActorRefWithCell { Underlying: ActorCell cell })
            throw new ArgumentException($"{parent} is not a started local actor, so it cannot supervise a TestActorRef",
                nameof(parent));
        cell.ReserveChild(name);
    }

    sealed class TestActorCell(ActorSystemImpl system, IInternalActorRef self, Props props,
        MessageDispatcher dispatcher, IInternalActorRef parent) : ActorCell(system, self, props, dispatcher, parent)
    {
        public ActorBase? Instance => Actor;
    }
}
