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
    }

    void HandleLogEvent(LogEvent logEvent)
    {
        try
        {
            _output.WriteLine(logEvent.ToString());
        }
        catch (FormatException malformed)
        {
            var level = logEvent.LogLevel();
            _output.WriteLine($"{level} of {logEvent.LogSource}: a malformed template, {malformed.Message}");
        }
        catch (InvalidOperationException)
        {
            // the test is over, and its output closed
        }
    }
}
