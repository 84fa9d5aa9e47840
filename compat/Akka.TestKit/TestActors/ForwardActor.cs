using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Passes everything on, as from the original sender.</summary>
public class ForwardActor : ReceiveActor
{
    public static Props Props(IActorRef target) => Actor.Props.Create<ForwardActor>(target);

    public ForwardActor(IActorRef target) => ReceiveAny(message => target.Forward(message));
}
