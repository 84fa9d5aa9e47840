using Akka.Configuration;
using Akka.Dispatch;

namespace Akka.TestKit;

/// <summary>
/// Runs an actor's mailbox on the thread that put something into it, before the Tell returns. Only while another thread
/// is running the same mailbox does a Tell return earlier; that thread then handles the message too.
/// </summary>
public class CallingThreadDispatcher : MessageDispatcher
{
    public static new string Id => "akka.test.calling-thread-dispatcher";

    public CallingThreadDispatcher(MessageDispatcherConfigurator configurator) : base(configurator) =>
        Throughput = int.MaxValue;

    protected override void ExecuteTask(IRunnable run) => run.Run();

    protected override void Shutdown()
    {
        // owns no threads
    }
}

public class CallingThreadDispatcherConfigurator : MessageDispatcherConfigurator
{
    readonly CallingThreadDispatcher _dispatcher;

    public CallingThreadDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) => _dispatcher = new CallingThreadDispatcher(this);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
