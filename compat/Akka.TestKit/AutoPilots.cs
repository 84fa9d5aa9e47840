using Akka.Actor;

namespace Akka.TestKit;

/// <summary>Reacts to every message of a test actor as it arrives, on the sender's thread; what it returns reacts to
/// the next.</summary>
public abstract class AutoPilot
{
    public abstract AutoPilot Run(IActorRef sender, object message);

    /// <summary>Returned from Run: no pilot any more.</summary>
    public static NoAutoPilot NoAutoPilot => NoAutoPilot.Instance;

    /// <summary>Returned from Run: the same pilot goes on.</summary>
    public static KeepRunning KeepRunning => KeepRunning.Instance;
}

public sealed class NoAutoPilot : AutoPilot
{
    public static readonly NoAutoPilot Instance = new();

    NoAutoPilot() { }

    public override AutoPilot Run(IActorRef sender, object message) => this;
}

public sealed class KeepRunning : AutoPilot
{
    public static readonly KeepRunning Instance = new();

    KeepRunning() { }

    public override AutoPilot Run(IActorRef sender, object message) =>
        throw new InvalidOperationException("KeepRunning is an answer of an AutoPilot, not one itself");
}

public delegate AutoPilot AutoPilotDelegate(IActorRef sender, object message);

public sealed class DelegateAutoPilot(AutoPilotDelegate autoPilotDelegate) : AutoPilot
{
    public override AutoPilot Run(IActorRef sender, object message) => autoPilotDelegate(sender, message);
}
