using Akka.Actor;

namespace ActorNet.Compat.Tests.Hosting;

/// <summary>Answers every message with itself.</summary>
internal sealed class Echo : ReceiveActor
{
    public Echo() => ReceiveAny(message => Sender.Tell(message));
}
