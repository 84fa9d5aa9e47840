using ActorNet.Server.Auth;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Auth;

public sealed class LoginSettingsTests
{
    private const string Good = """
        l { mechanisms = ["SCRAM-SHA-256", "HMAC-SHA-256"], free-failures = 10, first-delay = 1s
            max-delay = 15m, forget-after = 1h, max-throttled-accounts = 10000 }
        """;

    private static (LoginSettings Read, IReadOnlyList<string> Errors) Read(string changed)
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString(changed).WithFallback(ConfigurationFactory.ParseString(Good)), "l");
        return (LoginSettings.From(reader), reader.Errors);
    }

    [Fact]
    public void Good_settings_are_read_as_they_stand()
    {
        var (read, errors) = Read("");
        Assert.Empty(errors);
        Assert.Equal(["SCRAM-SHA-256", "HMAC-SHA-256"], read.Mechanisms);
        Assert.Equal((10, 10_000), (read.FreeFailures, read.MaxThrottledAccounts));
        Assert.Equal(
            (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(15), TimeSpan.FromHours(1)), (read.FirstDelay, read.MaxDelay, read.ForgetAfter));
    }

    [Theory]
    [InlineData("mechanisms = []")]
    [InlineData("mechanisms = [\"PLAIN\"]")]
    [InlineData("mechanisms = [\"HMAC-SHA-256\", \"HMAC-SHA-256\"]")]
    [InlineData("free-failures = 0")]
    [InlineData("first-delay = 0s")]
    [InlineData("first-delay = 16m")]
    [InlineData("max-delay = 2d")]
    [InlineData("forget-after = 29m")]
    [InlineData("max-throttled-accounts = 0")]
    public void What_is_weak_or_absurd_is_said_once(string changed) => Assert.Single(Read($"l.{changed}").Errors);
}
