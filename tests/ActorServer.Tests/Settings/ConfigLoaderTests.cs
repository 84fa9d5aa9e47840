using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Settings;

public sealed class ConfigLoaderTests : IDisposable
{
    private const string Key = "actornet.node.name";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_reference_alone_is_a_whole_configuration() =>
        Assert.Equal([("native", 7400), ("tls", 7443)], ServerSettings.From(Load(ConfigSources.None).Effective).Listeners
            .Select(listener => (listener.Name, listener.Endpoint.Port)).Order());

    [Fact]
    public void A_later_source_wins_over_an_earlier_one()
    {
        var first = _folder.Write("first.hocon", $"{Key} = first");
        var second = _folder.Write("second.hocon", $"{Key} = second");
        (string, string)[] environment = [("ACTORNET__NODE__NAME", "environment")];

        Assert.Equal("first", Name(Load(new ConfigSources([first], null, []))));
        Assert.Equal("second", Name(Load(new ConfigSources([first, second], null, []))));
        Assert.Equal("environment", Name(Load(new ConfigSources([first, second], null, []), environment)));
        Assert.Equal("set", Name(Load(new ConfigSources([first, second], null, [$"{Key}=set"]), environment)));
        Assert.Equal("last", Name(Load(new ConfigSources([first, second], null, [$"{Key}=set", $"{Key}=last"]), environment)));
    }

    [Fact]
    public void What_an_upper_source_does_not_say_comes_from_below()
    {
        var file = _folder.Write("my.hocon", "actornet.admission.max-connections = 5");

        var settings = ServerSettings.From(Load(new ConfigSources([file], null, [])).Effective);

        Assert.Equal(5, settings.Admission.MaxConnections);
        Assert.Equal(1000, settings.Admission.MaxBeforeLogin);
    }

    [Fact]
    public void A_listener_of_its_own_needs_to_say_only_what_differs()
    {
        var file = _folder.Write(
            "my.hocon",
            """
            actornet.listener-defaults.backlog = 7
            actornet.listeners.office { port = 7444, deny = ["192.0.2.0/24"] }
            actornet.listeners.local { port = 7401, tls = off, backlog = 8 }
            """);
        var config = Load(new ConfigSources([file], null, []));

        var listeners = ServerSettings.From(config.Effective).Listeners.ToDictionary(listener => listener.Name);

        Assert.Equal(["local", "native", "office", "tls"], listeners.Keys.Order());
        Assert.Equal((7444, 7, true), (listeners["office"].Endpoint.Port, listeners["office"].Backlog, listeners["office"].Tls is not null));
        Assert.Equal((8, false), (listeners["local"].Backlog, listeners["local"].Tls is not null));
        Assert.Equal((7, false), (listeners["native"].Backlog, listeners["native"].Tls is not null));
        Assert.Contains($"backlog = 7  # actornet.listener-defaults.backlog of {file}", EffectiveConfig.Print(config), StringComparison.Ordinal);
        Assert.Contains($"port = 7444  # {file}", EffectiveConfig.Print(config), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("listeners.office { address = \"::1\" }", "actornet.listeners.office.port is missing.")]
    [InlineData("listeners.office { port = 1, backlog = x }", "actornet.listeners.office.backlog is 'x'")]
    [InlineData("listeners.office { port = 1, bcklog = 1 }", "actornet.listeners.office.bcklog is an unknown key; did you mean actornet.listeners.office.backlog?")]
    [InlineData("listener-defaults { bcklog = 1 }", "actornet.listener-defaults.bcklog is an unknown key; did you mean actornet.listener-defaults.backlog?")]
    [InlineData("listener-defaults { address = \"0.0.0.0\" }", "actornet.listeners.native.address is 0.0.0.0, which others can reach")]
    public void What_is_wrong_with_a_listener_is_said_with_its_whole_key(string hocon, string expected)
    {
        var file = _folder.Write("my.hocon", $"actornet {{ {hocon} }}");

        var e = Assert.Throws<InvalidSettingsException>(() => ServerSettings.From(Load(new ConfigSources([file], null, [])).Effective));

        Assert.StartsWith(expected, Assert.Single(e.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_in_the_defaults_is_traced_to_them()
    {
        var file = _folder.Write("my.hocon", "actornet.listener-defaults.backlog = 0");
        var config = Load(new ConfigSources([file], null, []));

        Assert.EndsWith(
            $"[actornet.listener-defaults.backlog of {file}]", config.Locate("actornet.listeners.tls.backlog is 0."), StringComparison.Ordinal);
        Assert.Equal("actornet.listeners.tls.port is 0.", config.Locate("actornet.listeners.tls.port is 0."));
    }

    [Fact]
    public void A_variable_names_a_key_with_underscores_for_dots_and_hyphens()
    {
        var config = Load(ConfigSources.None, ("ACTORNET__ADMISSION__MAX_CONNECTIONS", "500"), ("ACTORNET_KEY", "other"), ("PATH", "/bin"));

        Assert.Equal(500, ServerSettings.From(config.Effective).Admission.MaxConnections);
    }

    [Fact]
    public void The_data_option_is_the_data_directory() => Assert.Equal(
        "a \"b\" \\c", ServerSettings.From(Load(new ConfigSources([], "a \"b\" \\c", [])).Effective).Data.Directory);

    [Fact]
    public void A_value_from_outside_is_one_text_and_a_list_is_a_list()
    {
        var config = Load(new ConfigSources([], null, [$"{Key}=a = {{ b }} # c", "akka.loggers=[\"x, y\", z]"])).Effective;

        Assert.Equal("a = { b } # c", config.GetString(Key));
        Assert.Equal(["x, y", "z"], config.GetStringList("akka.loggers"));
    }

    [Fact]
    public void Errors_of_all_sources_are_reported_at_once()
    {
        var broken = _folder.Write("broken.hocon", "actornet {");

        var failure = Assert.Throws<InvalidSettingsException>(() => Load(
            new ConfigSources([_folder["missing.hocon"], broken, _folder.Path], null, ["node", "actornet.auth.password=x", "a b=1"]),
            ("ACTORNET__", "x")));

        Assert.Equal(
            [
                $"{_folder["missing.hocon"]}: cannot be read: there is no such file.",
                $"{broken}, line 1: '{{' is never closed.",
                $"{_folder.Path}: cannot be read: it is a directory.",
                "environment ACTORNET__: 'actornet.' is no key; one looks like actornet.node.name.",
                "--set node: takes key=value, as in --set actornet.node.name=north.",
                "--set actornet.auth.password: a secret never goes on the command line, where every user of the machine can read it; "
                    + "put it into a file or the environment.",
            ],
            failure.Errors);
    }

    [Theory]
    [InlineData("node.name=x")]
    [InlineData("actornet..name=x")]
    [InlineData("actornet.no de=x")]
    [InlineData("=x")]
    public void An_assignment_to_what_is_no_key_is_refused(string assignment) => Assert.Contains(
        "is no key", Assert.Throws<InvalidSettingsException>(() => Load(new ConfigSources([], null, [assignment]))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void An_error_says_in_which_source_its_key_was_set()
    {
        var file = _folder.Write("my.hocon", $"{Key} = \"\"");

        Assert.Equal($"{Key} is empty. [{file}]", Load(new ConfigSources([file], null, [])).Locate($"{Key} is empty."));
        Assert.Equal($"{Key} is empty.", Load(ConfigSources.None).Locate($"{Key} is empty."));
    }

    private static string Name(LayeredConfig config) => config.Effective.GetString(Key);

    private static LayeredConfig Load(ConfigSources sources, params (string Name, string Value)[] environment) =>
        ConfigLoader.Load(sources, environment.Select(variable => KeyValuePair.Create(variable.Name, variable.Value)));
}
