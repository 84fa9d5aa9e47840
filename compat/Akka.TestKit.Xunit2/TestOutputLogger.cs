using Akka.Actor;
using Akka.Event;
using Xunit.Abstractions;

namespace Akka.TestKit.Xunit2.Internals;

/// <summary>Writes log events to the output of a test.</summary>
public class TestOutputLogger : ReceiveActor
{
    readonly ITestOutputHelper _output;

    public TestOutputLogger(ITestOutputHelper output)
    {
        _output = output;
        Receive<LogEvent>(HandleLogEvent);
        Receive<InitializeLogger>(HandleInitializeLogger);
    }

    void HandleLogEvent(LogEvent logEvent)
    {
        try
        {
            _output.WriteLine(logEvent.ToString());
        }
        catch (FormatException malformed)
        {
            _output.WriteLine($"{logEvent.LogLevel()} of {logEvent.LogSource} with a template that its arguments do not fit: {malformed.Message}");
        }
        catch (InvalidOperationException)
        {
            // the test is over, and its output closed
        }
    }

    void HandleInitializeLogger(InitializeLogger initialize)
    {
        foreach (var type in new[] { typeof(Debug), typeof(Info), typeof(Warning), typeof(Error) })
            initialize.LoggingBus.Subscribe(Self, type);
        Sender.Tell(new LoggerInitialized());
    }
}
