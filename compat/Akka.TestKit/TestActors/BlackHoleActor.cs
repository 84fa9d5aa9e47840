using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Takes everything, does nothing.</summary>
public class BlackHoleActor : ActorBase
{
    public static Props Props => Props.Create<BlackHoleActor>();

    protected override bool Receive(object message) => true;
}
