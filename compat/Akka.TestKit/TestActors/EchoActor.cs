using Akka.Actor;

namespace Akka.TestKit.TestActors;

/// <summary>Sends what it receives to the test actor, as from the original sender, and back to that sender
/// too.</summary>
public class EchoActor : ReceiveActor
{
    public static Props Props(TestKitBase testkit, bool echoBackToSenderAsWell = true) =>
        Actor.Props.Create<EchoActor>(testkit, echoBackToSenderAsWell);

    public EchoActor(TestKitBase testkit, bool echoBackToSenderAsWell = true) => ReceiveAny(message =>
    {
        if (echoBackToSenderAsWell && !testkit.TestActor.Equals(Sender))
            Sender.Tell(message, Sender);
        testkit.TestActor.Tell(message, Sender);
    });
}

/// <summary>Sends what it receives back to its sender.</summary>
public class SimpleEchoActor : ReceiveActor
{
    public static Props Props() => Actor.Props.Create<SimpleEchoActor>();

    public SimpleEchoActor() => ReceiveAny(message => Sender.Tell(message));
}
