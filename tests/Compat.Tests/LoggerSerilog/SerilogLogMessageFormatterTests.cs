using Akka.Logger.Serilog;

namespace ActorNet.Compat.Tests.LoggerSerilog;

[Collection(SerilogSystem.Collection)]
public sealed class SerilogLogMessageFormatterTests
{
    private readonly SerilogLogMessageFormatter _formatter = new();

    [Theory]
    [InlineData("Accepted {ConnectionId}", "Accepted 7")]
    [InlineData("Accepted {0}", "Accepted 7")]
    [InlineData("Accepted {ConnectionId:000}", "Accepted 007")]
    [InlineData("Accepted {ConnectionId} of {Total}", "Accepted 7 of {Total}")]
    [InlineData("Accepted", "Accepted")]
    public void A_template_is_rendered_with_its_values(string template, string expected)
    {
        Assert.Equal(expected, _formatter.Format(template, 7));
    }
}
