using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>
/// What the actor system says of itself that it should not: errors, and messages to nobody. Not an actor, so that it
/// still hears what is said while the actors end.
/// </summary>
internal sealed class RecordedEvents : MinimalActorRef
{
    private readonly ConcurrentQueue<string> _faults = new();

    private RecordedEvents(ExtendedActorSystem system)
    {
        Provider = system.Provider;
        Path = Provider.RootPath / "recorded-events";
    }

    public override ActorPath Path { get; }

    public override IActorRefProvider Provider { get; }

    /// <summary>What was said so far, for a person.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    public static RecordedEvents Of(ActorSystem system)
    {
        var recorded = new RecordedEvents((ExtendedActorSystem)system);
        system.EventStream.Subscribe(recorded, typeof(Error));
        system.EventStream.Subscribe(recorded, typeof(DeadLetter));
        return recorded;
    }

    protected override void TellInternal(object message, IActorRef sender)
    {
        switch (message)
        {
            case Error error:
                _faults.Enqueue($"error of {error.LogSource}: {error.Message} {error.Cause}");
                break;
            case DeadLetter letter when !IsExpected(letter):
                _faults.Enqueue($"dead letter from {letter.Sender} to {letter.Recipient}: {letter.Message}");
                break;
        }
    }

    // To a socket that has just broken, which nobody can know before: Akka's, below /system as is what ends with it, and our own.
    private static bool IsExpected(DeadLetter letter) =>
        letter.Recipient.Path.Elements[0] == "system" || letter.Recipient.Path.Name.StartsWith("transport-", StringComparison.Ordinal);
}
