using Akka.Actor;

namespace Akka.TestKit;

/// <summary>A message that reached a test actor, and who sent it.</summary>
public abstract class MessageEnvelope
{
    public abstract object Message { get; }

    public abstract IActorRef Sender { get; }
}

public class RealMessageEnvelope(object message, IActorRef sender) : MessageEnvelope
{
    public override object Message => message;

    public override IActorRef Sender => sender;

    public override string ToString() => $"<{Message}> from {Sender}";
}

/// <summary>Stands for "no message": it has neither a message nor a sender to ask for.</summary>
public sealed class NullMessageEnvelope : MessageEnvelope
{
    public static readonly NullMessageEnvelope Instance = new();

    NullMessageEnvelope() { }

    public override object Message => throw NothingReceived();

    public override IActorRef Sender => throw NothingReceived();

    public override string ToString() => "<null message>";

    static IllegalActorStateException NothingReceived() => new("The last receive took no message");
}
