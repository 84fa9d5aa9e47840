using System.Runtime.Versioning;
using System.Text.Json;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Administration;

[UnsupportedOSPlatform("windows")]
public sealed class UserCommandTests : AdminSpec
{
    private const string Canary = "canary-in-a-coal-mine";

    [Fact]
    public async Task The_first_command_makes_the_store_private_and_without_an_admin()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        Assert.Equal(["ann"], [.. Book().Accounts.Keys]);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(PathOf("data/actornet.db")));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(PathOf("data")));
    }

    [Fact]
    public async Task Commands_work_while_a_server_has_the_data_directory()
    {
        using var data = DataDirectory.Open(PathOf("data"));
        using var store = AccountStore.Open(data.Path, TestAccounts.Settings);

        await DoAsync("user", "add", "ann", "--no-password");

        Assert.NotNull(store.Load().Find("ann"));
    }

    [Fact]
    public async Task A_password_is_asked_for_twice_and_never_shown()
    {
        await DoAsync("user", "add", "bob", "--no-password");

        var said = await RunAsync(ScriptedInput.Terminal(Canary, Canary), "user", "add", "ann", "--role", "admin");

        Assert.Equal(0, said.ExitCode);
        Assert.Equal("Account ann was made; roles: admin\n", said.Out);
        Assert.Equal("New password of ann: \nThe same again: \n", said.Error);
        Assert.True(IsPassword(Find("ann"), Canary));
        Assert.Equal(100_000, Find("ann")!.Password!.Iterations);
        Assert.Equal(["admin"], [.. Find("ann")!.Roles]);
    }

    [Fact]
    public async Task Two_different_answers_change_nothing()
    {
        var said = await RunAsync(ScriptedInput.Terminal(Canary, Canary + "!"), "user", "add", "ann");

        Refused(said, 1, "The two are not the same.");
        Assert.Null(Find("ann"));
    }

    [Fact]
    public async Task Who_gives_up_changes_nothing() =>
        Refused(await RunAsync(ScriptedInput.Terminal(Canary, null), "user", "add", "ann"), 1, "Given up.");

    [Fact]
    public async Task Without_a_terminal_it_takes_a_flag_that_says_where_the_password_is()
    {
        Refused(await RunAsync("user", "add", "ann"), 2, "add --password-stdin, --generate or --no-password");
        Assert.Null(Find("ann"));
    }

    [Theory]
    [InlineData("--password-stdin", "--generate")]
    [InlineData("--generate", "--no-password")]
    public async Task Only_one_of_the_flags_can_be_given(string one, string other) =>
        Refused(await RunAsync("user", "add", "ann", one, other), 2, "Only one of");

    [Theory]
    [InlineData(Canary)]
    [InlineData(Canary + "\n")]
    [InlineData(Canary + "\r\n")]
    [InlineData(Canary + "\nmore\n")]
    public async Task The_first_line_of_the_input_is_the_password(string input)
    {
        var said = await RunAsync(ScriptedInput.Pipe(input), "user", "add", "ann", "--password-stdin");

        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        Assert.DoesNotContain(Canary, said.Out, StringComparison.Ordinal);
        Assert.True(IsPassword(Find("ann"), Canary));
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("\n", "is empty")]
    [InlineData("short\n", "10 characters or more")]
    public async Task An_input_that_is_no_password_is_refused(string input, string problem) =>
        Refused(await RunAsync(ScriptedInput.Pipe(input), "user", "add", "ann", "--password-stdin"), 2, problem);

    [Fact]
    public async Task An_input_that_is_not_UTF_8_or_has_no_end_is_refused()
    {
        Refused(await RunAsync(ScriptedInput.Pipe([.. "0123456789"u8, 0xff, 0xfe]), "user", "add", "ann", "--password-stdin"), 2, "not UTF-8");
        Refused(await RunAsync(ScriptedInput.Pipe(new string('x', 5000)), "user", "add", "ann", "--password-stdin"), 2, "4096 bytes or more");
    }

    [Fact]
    public async Task A_generated_password_is_shown_once_and_is_the_password()
    {
        var said = await DoAsync("user", "add", "ann", "--generate");

        var password = said.Split('\n').Single(line => line.StartsWith("Its password", StringComparison.Ordinal)).Split(": ")[1];
        Assert.True(IsPassword(Find("ann"), password));
        Assert.DoesNotContain(password, await DoAsync("user", "show", "ann"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Passwd_changes_the_password_and_can_take_it_away()
    {
        await DoAsync("user", "add", "ann", "--generate");

        Assert.Equal(0, (await RunAsync(ScriptedInput.Pipe(Canary), "user", "passwd", "ann", "--password-stdin")).ExitCode);
        Assert.True(IsPassword(Find("ann"), Canary));
        await DoAsync("user", "passwd", "ann", "--no-password");
        Assert.Null(Find("ann")!.Password);
    }

    [Fact]
    public async Task A_password_is_not_an_argument() =>
        Assert.Equal(2, (await RunAsync("user", "add", "ann", Canary)).ExitCode);

    [Fact]
    public async Task An_account_that_is_there_is_refused_before_a_password_is_asked_for()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        // No answers: being asked would throw.
        Refused(await RunAsync(ScriptedInput.Terminal(), "user", "add", "ann"), 1, "There is an account ann already; actorserver user show ann");
    }

    [Theory]
    [InlineData("user", "passwd", "ann", "--generate")]
    [InlineData("user", "show", "ann")]
    [InlineData("user", "disable", "ann")]
    [InlineData("user", "enable", "ann")]
    [InlineData("user", "delete", "ann", "--yes")]
    [InlineData("user", "grant", "ann", "admin")]
    [InlineData("user", "revoke-role", "ann", "admin")]
    [InlineData("key", "add", "ann", "--label", "laptop")]
    [InlineData("key", "list", "ann")]
    public async Task An_account_that_is_not_there_is_exit_code_1_and_points_to_the_list(params string[] args)
    {
        await DoAsync("user", "add", "bob", "--no-password");

        Refused(await RunAsync(args), 1, "There is no account ann; actorserver user list shows all of them.");
    }

    [Theory]
    [InlineData("user", "passwd", "ann", "--generate")]
    [InlineData("user", "list")]
    [InlineData("user", "disable", "ann")]
    [InlineData("key", "add", "ann", "--label", "laptop")]
    [InlineData("key", "list")]
    public async Task Where_no_node_has_run_nothing_is_made_and_the_place_is_named(params string[] args)
    {
        Refused(await RunAsync(args), 1, $"There are no accounts in {PathOf("data")}; name the data directory of the node with --data DIR.");

        Assert.False(Directory.Exists(PathOf("data")));
    }

    [Fact]
    public async Task The_first_account_of_a_place_where_no_node_has_run_is_said_to_be_that()
    {
        Assert.Contains($"No node has run on {PathOf("data")} yet", await DoAsync("user", "add", "ann", "--no-password"), StringComparison.Ordinal);
        Assert.DoesNotContain("No node has run", await DoAsync("user", "add", "bob", "--no-password"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_differ_only_in_case_or_width_or_accents_are_one_account()
    {
        await DoAsync("user", "add", "Ann\u00e9", "--no-password");

        Assert.Equal(["ann\u00e9"], [.. Book().Accounts.Keys]);
        Refused(await RunAsync("user", "add", "ANNE\u0301", "--no-password"), 1, "There is an account ann\u00e9 already");
        Refused(await RunAsync("user", "add", "\uff21nn\u00e9", "--no-password"), 1, "There is an account ann\u00e9 already");
        await DoAsync("user", "disable", "ANN\u00c9");
        Assert.False(Find("ann\u00e9")!.IsEnabled);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ann")]
    [InlineData("ann ")]
    [InlineData("an\u0000n")]
    [InlineData("an\nn")]
    [InlineData("\u202enna")]
    [InlineData("an\u200bn")]
    [InlineData("\u001b[2Jann")]
    public async Task A_name_that_would_pass_for_another_or_break_a_log_is_refused_and_nothing_is_stored(string name)
    {
        var said = await RunAsync("user", "add", name, "--no-password");

        Assert.Equal((2, ""), (said.ExitCode, said.Out));
        Assert.DoesNotContain('\u001b', said.Error);
        Assert.Empty(Book().Accounts);
    }

    [Theory]
    [InlineData("canary\u0000in-a-coal-mine")]
    [InlineData("canary\u202ein-a-coal-mine")]
    [InlineData("canary\tin-a-coal-mine")]
    public async Task A_password_with_controls_is_refused_and_not_repeated(string password)
    {
        var said = await RunAsync(ScriptedInput.Pipe(password), "user", "add", "ann", "--password-stdin");

        Assert.Equal((2, ""), (said.ExitCode, said.Out));
        Assert.DoesNotContain("canary", said.Error, StringComparison.Ordinal);
        Assert.Null(Find("ann"));
    }

    [Fact]
    public async Task A_password_is_the_same_however_its_accents_are_typed()
    {
        await RunAsync(ScriptedInput.Pipe("caf\u00e9 au lait"), "user", "add", "ann", "--password-stdin");

        Assert.True(IsPassword(Find("ann"), "cafe\u0301 au lait"));
    }

    [Fact]
    public async Task A_role_that_the_configuration_does_not_have_is_refused_with_those_it_has()
    {
        Refused(await RunAsync("user", "add", "ann", "--no-password", "--role", "admn"), 2, "There is no role 'admn' in actornet.access.roles; there are: admin");
        await DoAsync("user", "add", "ann", "--no-password");
        Refused(await RunAsync("user", "grant", "ann", "admn"), 2, "There is no role 'admn'");
    }

    [Fact]
    public async Task Roles_are_granted_and_revoked()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        Assert.Equal("ann has the role admin now.\n", await DoAsync("user", "grant", "ann", "admin"));
        Assert.Equal("ann has the role admin already.\n", await DoAsync("user", "grant", "ann", "admin"));
        await DoAsync("user", "revoke-role", "ann", "admin");
        Assert.Empty(Find("ann")!.Roles);
        Refused(await RunAsync("user", "revoke-role", "ann", "admin"), 1, "does not have the role 'admin'");
    }

    [Fact]
    public async Task Disable_and_enable_say_what_holds()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        Assert.Equal("Account ann is disabled.\n", await DoAsync("user", "disable", "ann"));
        Assert.False(Find("ann")!.IsEnabled);
        Assert.Equal("Account ann is disabled already.\n", await DoAsync("user", "disable", "ann"));
        Assert.Equal("Account ann is enabled.\n", await DoAsync("user", "enable", "ann"));
        Assert.True(Find("ann")!.IsEnabled);
    }

    [Fact]
    public async Task Delete_asks_a_person_and_takes_a_flag_from_a_script()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        Refused(await RunAsync("user", "delete", "ann"), 2, "add --yes");
        Refused(await RunAsync(ScriptedInput.Terminal(""), "user", "delete", "ann"), 1, "Delete account ann and its keys (0)? [y/N] ");
        Assert.NotNull(Find("ann"));
        Assert.Equal(0, (await RunAsync(ScriptedInput.Terminal("y"), "user", "delete", "ann")).ExitCode);
        Assert.Null(Find("ann"));
        await DoAsync("user", "add", "ann", "--no-password");
        Assert.Equal("Account ann was deleted.\n", await DoAsync("user", "delete", "ann", "--yes"));
    }

    [Fact]
    public async Task List_is_a_table_in_the_order_of_names_and_JSON_for_programs()
    {
        await DoAsync("user", "add", "bob", "--no-password");
        await DoAsync("user", "add", "ann", "--generate", "--role", "admin");
        await DoAsync("user", "disable", "bob");

        Assert.Equal(
            """
            NAME  ENABLED  PASSWORD  KEYS  ROLES
            ann   yes      yes       0     admin
            bob   no       no        0

            """,
            await DoAsync("user", "list"));
        var json = JsonDocument.Parse(await DoAsync("user", "list", "--json")).RootElement;
        Assert.Equal(["ann", "bob"], json.EnumerateArray().Select(account => account.GetProperty("name").GetString()));
        Assert.Equal(100_000, json[0].GetProperty("password").GetProperty("iterations").GetInt32());
        Assert.Equal(JsonValueKind.Null, json[1].GetProperty("password").ValueKind);
        Assert.False(json[1].GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task Show_and_list_show_ids_and_labels_and_no_secret_in_any_form()
    {
        await DoAsync("user", "add", "ann", "--generate", "--role", "admin");
        Assert.Equal(0, (await RunAsync("key", "add", "ann", "--label", "laptop")).ExitCode);
        var ann = Find("ann")!;
        byte[][] secrets = [ann.Keys[0].Secret, ann.Password!.StoredKey, ann.Password.ServerKey, ann.Password.Salt, Book().Secret];

        string[] outputs =
        [
            await DoAsync("user", "show", "ann"), await DoAsync("user", "show", "ann", "--json"), await DoAsync("user", "list", "--json"),
            await DoAsync("user", "list"), await DoAsync("key", "list"), await DoAsync("key", "list", "ann", "--json"), $"{ann} {ann.Keys[0]}",
        ];

        Assert.Contains($"key       {ann.Keys[0].Id}  ", outputs[0], StringComparison.Ordinal);
        Assert.Contains("password  yes (100000 iterations)\n", outputs[0], StringComparison.Ordinal);
        Assert.Contains("\"label\":\"laptop\"", outputs[1], StringComparison.Ordinal);
        Assert.All(outputs, output => Assert.All(secrets, secret =>
        {
            Assert.DoesNotContain(Convert.ToBase64String(secret), output, StringComparison.Ordinal);
            Assert.DoesNotContain(Convert.ToHexString(secret), output, StringComparison.OrdinalIgnoreCase);
        }));
    }

    [Theory]
    [InlineData("user", "actorserver user add ann --generate")]
    [InlineData("key", "actorserver key revoke k-")]
    public async Task Help_of_a_command_ends_with_examples_of_its_own(string command, string example)
    {
        foreach (string[] args in (string[][])[[command, "--help"], [command, "list", "--help"]])
        {
            var said = await RunAsync(args);
            Assert.Equal(0, said.ExitCode);
            Assert.Contains(example, said.Out, StringComparison.Ordinal);
            Assert.DoesNotContain("130 and 143", said.Out, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(PathOf("data")));
    }

    [Fact]
    public async Task A_wrong_configuration_is_exit_code_2_and_makes_nothing()
    {
        Refused(await RunAsync("user", "list", "--set", "actornet.accounts.max-accounts=0"), 2, "actornet.accounts.max-accounts is 0");
        Assert.False(Directory.Exists(PathOf("data")));
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_exit_code_1()
    {
        Directory.CreateDirectory(PathOf("data"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using (AccountStore.Open(PathOf("data"), TestAccounts.Settings, [.. StoreSchema.Steps, _ => { }]))
            Refused(await RunAsync("user", "list"), 1, "newer version of actorserver");
    }

    [Fact]
    public async Task Every_command_leaves_an_act_in_the_name_of_who_ran_it()
    {
        await DoAsync("user", "add", "ann", "--no-password");

        using var store = AccountStore.Open(PathOf("data"), TestAccounts.Settings);
        var act = Assert.Single(store.TakeActs(10));
        Assert.Equal(("user.add", "ann", $"os:{Environment.UserName}"), (act.Act, act.Subject, act.By));
    }
}
