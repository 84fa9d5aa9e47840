using ActorNet.Server.Administration;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Administration;

public sealed class FirstRunTests : AdminSpec
{
    [Fact]
    public async Task The_first_run_makes_admin_with_a_password_that_is_said_once_even_if_the_start_fails_afterwards()
    {
        var said = await FailedStartAsync();

        var line = said.Out.Split('\n')[0];
        Assert.StartsWith("First run: made the account admin. Its password, shown this once: ", line, StringComparison.Ordinal);
        var admin = Find("admin")!;
        Assert.True(IsPassword(admin, line.Split("once: ")[1].TrimEnd()));
        Assert.Equal(["admin"], [.. admin.Roles]);
        Assert.Equal("local", Assert.Single(admin.Keys).Label);
        Assert.Empty((await FailedStartAsync()).Out);
    }

    [Fact]
    public async Task The_password_of_the_first_run_is_in_no_file()
    {
        var said = await FailedStartAsync("--set", "actornet.logging.file-level=debug", "--set", "akka.loglevel=DEBUG");

        var password = said.Out.Split('\n')[0].Split("once: ")[1].TrimEnd();
        var files = Directory.GetFiles(PathOf("data"), "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".log", StringComparison.Ordinal));
        Assert.All(files, file => Assert.DoesNotContain(password, File.ReadAllText(file, System.Text.Encoding.Latin1), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_any_account_no_admin_is_made()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        Assert.Empty((await FailedStartAsync()).Out);

        Assert.Null(Find("admin"));
    }

    [Fact]
    public void The_key_for_the_profile_is_there_until_it_is_revoked_or_the_account_disabled_or_deleted()
    {
        using var folder = new TemporaryFolder();
        using var store = AccountStore.Open(folder.Path, TestAccounts.Settings);
        FirstRun.MakeAdmin(store);
        var admin = TestAccounts.Name("admin");
        Assert.Equal(store.Load().Find("admin")!.Keys[0].Secret, FirstRun.LocalKeyOf(store.Load()));

        store.Editor().SetEnabled(admin, false);
        Assert.Null(FirstRun.LocalKeyOf(store.Load()));
        store.Editor().SetEnabled(admin, true);
        store.Editor().RevokeKey(store.Load().Find("admin")!.Keys[0].Id);
        store.Editor().AddKey(admin, "another");

        Assert.Null(FirstRun.MakeAdmin(store));
        Assert.Null(FirstRun.LocalKeyOf(store.Load()));
    }

    // A port that cannot be had ends it, without a node that would have to be stopped.
    private async Task<Said> FailedStartAsync(params string[] args)
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var said = await RunAsync(
        [
            "run", "--set", $"actornet.listeners.native.port={((System.Net.IPEndPoint)taken.LocalEndpoint).Port}",
            "--set", "actornet.profile.write=off", "--set", "actornet.logging.console-level=off", .. args,
        ]);
        Assert.Equal(1, said.ExitCode);
        Assert.Contains("cannot listen", said.Error, StringComparison.Ordinal);
        return said;
    }
}
