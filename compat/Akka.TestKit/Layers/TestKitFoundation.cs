using System.ComponentModel;
using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>
/// The first of the layers that TestKitBase is built of, one area per file, each resting on the one before: foundation,
/// time, conditions, receiving, expecting one, expecting from, expecting many, actors. Not for use by name: a test
/// derives from TestKit. This one owns the actor system, the test actor and its queue.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TestKitFoundation
{
    static int testActors;

    private protected ITestKitAssertions Assert { get; }

    private protected TestActorQueue Queue { get; } = new();

    private protected MessageEnvelope LastEnvelope { get; set; } = NullMessageEnvelope.Instance;

    private protected TestKitFoundation(ITestKitAssertions assertions, ActorSystem? system, ActorSystemSetup setup,
        string? actorSystemName, string? testActorName)
    {
        ArgumentNullException.ThrowIfNull(assertions);
        Assert = assertions;
        Sys = system ?? ActorSystem.Create(actorSystemName ?? "test", WithTestKitDefaults(setup));
        if (!Sys.HasExtension<TestKitSettings>())
            PrepareSystem(Sys);
        TestKitSettings = TestKitExtension.For(Sys);
        Log = Logging.GetLogger(Sys, GetType());
        TestActor = CreateTestActor(string.IsNullOrEmpty(testActorName)
            ? $"testActor{Interlocked.Increment(ref testActors)}"
            : testActorName);
    }

    public static Config DefaultConfig { get; } =
        ConfigurationFactory.FromResource("Akka.TestKit.Reference.conf", typeof(TestKitFoundation).Assembly);

    public static Config FullDebugConfig { get; } = ConfigurationFactory.ParseString("""
        akka.loglevel = DEBUG
        akka.stdout-loglevel = DEBUG
        akka.log-dead-letters = on
        akka.log-dead-letters-during-shutdown = on
        akka.actor.debug {
          receive = on
          autoreceive = on
          lifecycle = on
          event-stream = on
          unhandled = on
          fsm = on
          router-misconfiguration = on
        }
        """);

    public ActorSystem Sys { get; }

    public TestKitSettings TestKitSettings { get; }

    public ILoggingAdapter Log { get; }

    /// <summary>Receives for the test, and is the sender of what the test tells.</summary>
    public IActorRef TestActor { get; }

    /// <summary>What the last receiving call took; throws if it took nothing.</summary>
    public object LastMessage => LastEnvelope.Message;

    public IActorRef LastSender => LastEnvelope.Sender;

    public bool HasMessages => Queue.Count > 0;

    /// <summary>Another actor whose messages go into this kit's queue.</summary>
    public IActorRef CreateTestActor(string name)
    {
        var actor = ((ExtendedActorSystem)Sys).SystemActorOf(
            Props.Create<TestActorBehavior>(Queue).WithDispatcher("akka.test.test-actor.dispatcher"), name);
        // Its guardian starts it, on another thread; only then does a Tell to it run on the caller's.
        if (actor is IRepointableRef starting
            && !SpinWait.SpinUntil(() => starting.IsStarted, TestKitSettings.DefaultTimeout))
            throw new TimeoutException($"The test actor {name} has not been started");
        return actor;
    }

    static ActorSystemSetup WithTestKitDefaults(ActorSystemSetup setup)
    {
        var bootstrap = setup.Get<BootstrapSetup>();
        var own = bootstrap.HasValue ? bootstrap.Value.Config : default;
        return setup.WithSetup((bootstrap.HasValue ? bootstrap.Value : BootstrapSetup.Create())
            .WithConfig(own.HasValue ? own.Value.WithFallback(DefaultConfig) : DefaultConfig));
    }

    // The dispatchers of a system that somebody else made have read their configuration already: they are told
    // directly.
    static void PrepareSystem(ActorSystem system)
    {
        system.Settings.InjectTopLevelFallback(DefaultConfig);
        foreach (var id in new[] { CallingThreadDispatcher.Id, "akka.test.test-actor.dispatcher" })
        {
            system.Dispatchers.RegisterConfigurator(id,
                new CallingThreadDispatcherConfigurator(system.Settings.Config.GetConfig(id),
                    system.Dispatchers.Prerequisites));
        }
    }
}
