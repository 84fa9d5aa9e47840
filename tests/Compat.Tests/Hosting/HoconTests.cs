using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Hosting;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class HoconTests
{
    [Fact]
    public async Task Appended_hocon_counts_where_nothing_before_it_says_anything()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("app.a = first", HoconAddMode.Append)
            .AddHocon("app { a = second, b = second }", HoconAddMode.Append));

        Assert.Equal("first", Setting(host, "app.a"));
        Assert.Equal("second", Setting(host, "app.b"));
    }

    [Fact]
    public async Task Prepended_hocon_wins_and_keeps_what_it_does_not_name()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("app { a = first, b = first }", HoconAddMode.Append)
            .AddHocon("app.a = second", HoconAddMode.Prepend));

        Assert.Equal("second", Setting(host, "app.a"));
        Assert.Equal("first", Setting(host, "app.b"));
    }

    [Fact]
    public async Task Replacing_hocon_wins()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("app.a = first", HoconAddMode.Append)
            .AddHocon("app.a = second", HoconAddMode.Replace));

        Assert.Equal("second", Setting(host, "app.a"));
    }

    [Fact]
    public async Task The_defaults_of_akka_stand_behind_it()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("akka.actor.debug.unhandled = on", HoconAddMode.Append));

        Assert.True(host.System.Settings.DebugUnhandledMessage);
        Assert.Equal("5s", Setting(host, "akka.logger-startup-timeout"));
    }

    [Fact]
    public async Task A_file_is_read_as_hocon()
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, "app { a = from-the-file }");
            await using var host = await AkkaHost.StartAsync(akka => akka.AddHoconFile(path, HoconAddMode.Append));
            Assert.Equal("from-the-file", Setting(host, "app.a"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_file_that_is_missing_ends_the_application()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var host = AkkaHost.Create(akka => akka.AddHoconFile(path, HoconAddMode.Append));

        await Assert.ThrowsAsync<FileNotFoundException>(host.RunAsync);
    }

    [Fact]
    public async Task The_ask_timeout_is_what_an_ask_without_one_waits()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka.WithActorAskTimeout(TimeSpan.FromSeconds(7.5)));

        Assert.Equal(TimeSpan.FromSeconds(7.5), host.System.Settings.AskTimeout);
    }

    [Fact]
    public async Task An_ask_timeout_of_zero_is_no_timeout()
    {
        await using var host = await AkkaHost.StartAsync(akka => akka.WithActorAskTimeout(TimeSpan.Zero));

        Assert.Equal(Timeout.InfiniteTimeSpan, host.System.Settings.AskTimeout);
    }

    [Fact]
    public async Task A_bootstrap_setup_brings_its_hocon_in_front()
    {
        var bootstrap = BootstrapSetup.Create().WithConfig("app.a = from-the-setup");

        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("app { a = first, b = first }", HoconAddMode.Append)
            .AddSetup(bootstrap)
            .WithActorRefProvider(ProviderSelection.Local.Instance));

        Assert.Equal("from-the-setup", Setting(host, "app.a"));
        Assert.Equal("first", Setting(host, "app.b"));
    }

    [Fact]
    public async Task Any_other_setup_reaches_the_system()
    {
        var setup = new OwnSetup();

        await using var host = await AkkaHost.StartAsync(akka => akka.AddSetup(setup));

        Assert.Same(setup, host.System.Settings.Setup.Get<OwnSetup>().Value);
    }

    private static string Setting(AkkaHost host, string path) => host.System.Settings.Config.GetString(path);

    private sealed class OwnSetup : Setup;
}
