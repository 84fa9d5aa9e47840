using ActorNet.Server.Files;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Files;

/// <summary>
/// Base of the specs of the service's actors: a root, the file dispatcher, and a probe that stands for a channel.
/// </summary>
public abstract class FileSpec : TestKit
{
    private const string Hocon =
        """
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        actornet.file-dispatcher {
          type = Dispatcher
          executor = fork-join-executor
          throughput = 5
          fork-join-executor { parallelism-min = 2, parallelism-factor = 1.0, parallelism-max = 2 }
        }
        """;

    protected FileSpec() : base(Hocon)
    {
        Settings = TestSettings.For(Folder.Root);
        Client = CreateTestProbe();
        Service = CreateTestProbe();
    }

    private protected TestFolder Folder { get; } = new();

    private protected FileSettings Settings { get; }

    /// <summary>Stands for the channel.</summary>
    protected TestProbe Client { get; }

    /// <summary>Stands for the service: parent of a transfer, or whom a channel asks.</summary>
    protected TestProbe Service { get; }

    protected TestScheduler Scheduler => (TestScheduler)Sys.Scheduler;

    /// <summary>A transfer below <see cref="Service"/>, watched by it.</summary>
    protected IActorRef Transfer(Props props) => Service.Watch(Service.ChildActorOf(props.WithDispatcher(FileService.Dispatcher)));

    protected override void AfterAll()
    {
        base.AfterAll();
        Folder.Dispose();
    }
}
