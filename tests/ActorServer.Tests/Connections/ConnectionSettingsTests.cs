using ActorNet.Server.Connections;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionSettingsTests
{
    private const string Good = """
        c {
          login-timeout = 10s, login-bytes = 8KiB, login-frames = 16, ping-interval = 30s, idle-timeout = 75s, write-timeout = 30s
          close-timeout = 5s, revoke-timeout = 700ms, half-close-linger = 5m, outbound-high = 256KiB
          max-per-connection = 64, outbound-limit = 256KiB, push-limit = 256KiB, push-age = 10s
          window = 256KiB, window-max = 1MiB
        }
        """;

    private static (T Read, IReadOnlyList<string> Errors) Read<T>(string changed, Func<SettingsReader, T> from)
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString(changed).WithFallback(ConfigurationFactory.ParseString(Good)), "c");
        return (from(reader), reader.Errors);
    }

    [Fact]
    public void Good_settings_are_read_as_they_stand()
    {
        var (read, errors) = Read("", ConnectionSettings.From);
        Assert.Empty(errors);
        Assert.Equal(
            new ConnectionSettings(
                TimeSpan.FromSeconds(10), 8192, 16, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(75), TimeSpan.FromSeconds(30),
                TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(700), TimeSpan.FromMinutes(5), 256 * 1024),
            read);
        Assert.Equal(new ChannelSettings(64, 256 * 1024, 256 * 1024, TimeSpan.FromSeconds(10)), Read("", ChannelSettings.From).Read);
        Assert.Equal(new ChannelWindow(256 * 1024, 1024 * 1024), Read("", ChannelWindow.From).Read);
    }

    [Theory]
    [InlineData("login-timeout", "999ms", "1s")]
    [InlineData("login-timeout", "601s", "10m")]
    [InlineData("login-bytes", "1023B", "1KiB")]
    [InlineData("login-frames", "3", "4")]
    [InlineData("login-frames", "0", "-1")]
    [InlineData("ping-interval", "999ms", "1s")]
    [InlineData("write-timeout", "0s", "1s")]
    [InlineData("close-timeout", "601s", "10m")]
    [InlineData("revoke-timeout", "99ms", "100ms")]
    [InlineData("half-close-linger", "25h", "1d")]
    [InlineData("outbound-high", "16383B", "16KiB")]
    public void Each_setting_has_its_bounds(string key, string outside, string inside)
    {
        var error = Assert.Single(Read($"c.{key} = {outside}", ConnectionSettings.From).Errors);
        Assert.StartsWith($"c.{key} is {outside}; it takes ", error, StringComparison.Ordinal);
        if (inside != "-1") Assert.Empty(Read($"c.{key} = {inside}", ConnectionSettings.From).Errors);
    }

    [Theory]
    [InlineData("59s", false)]
    [InlineData("60s", true)]
    public void An_idle_timeout_leaves_time_for_a_ping_and_its_answer(string idle, bool good) =>
        Assert.Equal(good ? 0 : 1, Read($"c.idle-timeout = {idle}", ConnectionSettings.From).Errors.Count);

    [Fact]
    public void A_timeout_that_cannot_be_read_is_told_once() =>
        Assert.StartsWith(
            "c.idle-timeout is '75'; it takes a duration",
            Assert.Single(Read("c.idle-timeout = 75", ConnectionSettings.From).Errors),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("max-per-connection", "0")]
    [InlineData("outbound-limit", "1KiB")]
    [InlineData("push-limit", "1KiB")]
    [InlineData("push-age", "99ms")]
    public void Limits_of_channels_have_their_bounds(string key, string outside) =>
        Assert.StartsWith($"c.{key}", Assert.Single(Read($"c.{key} = {outside}", ChannelSettings.From).Errors), StringComparison.Ordinal);

    [Theory]
    [InlineData("window = 4095B")]
    [InlineData("window-max = 255KiB")]
    [InlineData("window-max = 65MiB")]
    public void A_window_has_its_bounds_and_grows_never_below_its_start(string changed) =>
        Assert.Single(Read($"c.{changed}", ChannelWindow.From).Errors);
}
