using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Settings;

namespace ActorNet.Server.Tests.Hosting;

public class SystemLimitsTests
{
    [Theory]
    [InlineData(null, 10_000)]
    [InlineData(10_200L, 10_000)]
    [InlineData(10_199L, 9_999)]
    [InlineData(1_024L, 824)]
    [InlineData(100L, 1)]
    public void Connections_stay_200_below_the_descriptors(long? descriptors, int expected)
    {
        var (settings, warnings) = SystemLimits.Fit(Settings(), descriptors, backlog: null);

        Assert.Equal(expected, settings.Admission.MaxConnections);
        Assert.Equal(expected < 10_000, warnings.Count == 1);
    }

    [Fact]
    public void The_limit_is_the_nodes_however_many_listeners_it_has()
    {
        var settings = Settings(
            """
            actornet.listeners.second {
              address = "::1", port = 7401, tls = off, backlog = 10, allow-plaintext-beyond-loopback = off, allow = [], deny = []
            }
            """);

        Assert.Equal(824, SystemLimits.Fit(settings, 1_024, backlog: null).Settings.Admission.MaxConnections);
    }

    [Fact]
    public void The_warning_names_the_key_both_numbers_and_what_to_do() => Assert.Equal(
        ["actornet.admission.max-connections is 10000, but this process may open 1024 files: 824 connections are taken. "
            + "Raise it with ulimit -n 10200 (LimitNOFILE= in a systemd unit)."],
        SystemLimits.Fit(Settings(), 1_024, backlog: null).Warnings);

    [Fact]
    public void A_backlog_above_the_kernels_is_a_warning_and_one_at_it_is_none()
    {
        Assert.Contains(
            "actornet.listeners.native.backlog is 4096, but the kernel queues 128: a burst of connections may wait for seconds. "
                + "Raise it with sysctl net.core.somaxconn=4096.",
            SystemLimits.Fit(Settings(), null, 128).Warnings);
        Assert.Empty(SystemLimits.Fit(Settings(), null, 4096).Warnings);
    }

    private static ServerSettings Settings(string hocon = "") =>
        ServerSettings.From(hocon.Length == 0 ? ReferenceConfig.Load() : HoconText.Parse("test", hocon).WithFallback(ReferenceConfig.Load()));
}
