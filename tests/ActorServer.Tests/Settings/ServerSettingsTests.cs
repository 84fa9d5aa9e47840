using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public class ServerSettingsTests
{
    [Fact]
    public void Every_error_is_reported_at_once_with_its_full_path() => Assert.Equal(
        [
            "actornet.node.name is 'a b'; it takes at most 64 of a to z, A to Z, 0 to 9, '-', '.' and '_'.",
            "actornet.logging.console-level is 'loud'; it takes one of debug, information, warning, error, off.",
            "actornet.logging.file-size is '64'; it takes a size such as 64KiB or 1MiB.",
            "actornet.shutdown.drain-timeout is 0s; it takes 100ms to 1h.",
            "actornet.shutdown.drain-timeot is an unknown key; did you mean actornet.shutdown.drain-timeout?",
        ],
        Errors("""
            node.name = "a b"
            logging { console-level = loud, file-size = 64 }
            shutdown { drain-timeout = 0s, drain-timeot = 5s }
            """));

    [Theory]
    [InlineData("conections.ping-interval = 5s", "actornet.conections.ping-interval is an unknown key; did you mean actornet.connections.ping-interval?")]
    [InlineData("nonsense.thing = 1", "actornet.nonsense.thing is an unknown key.")]
    [InlineData("nonsense {}", "actornet.nonsense is an unknown key.")]
    [InlineData("listeners.native.prot = 1", "actornet.listeners.native.prot is an unknown key; did you mean actornet.listeners.native.port?")]
    [InlineData("node.name.first = x", "actornet.node.name is not a single value.")]
    public void A_key_that_nobody_reads_is_an_error(string hocon, string expected) =>
        Assert.Contains(expected, Errors(hocon));

    [Fact]
    public void A_root_that_is_neither_the_nodes_nor_Akkas_is_an_error() => Assert.Equal(
        ["actornett is an unknown key; did you mean actornet? All settings are below actornet or akka."],
        ErrorsOf("actornett.node.name = x"));

    [Fact]
    public void A_receive_buffer_with_a_unit_is_an_error_before_Akka_stumbles_over_it() => Assert.Equal(
        ["akka.io.tcp.disabled-buffer-pool.buffer-size is '64KiB'; it takes a whole number."],
        ErrorsOf("akka.io.tcp.disabled-buffer-pool.buffer-size = 64KiB"));

    [Theory]
    [InlineData("file-dispatcher { type = Dispatcher, executor = fork-join-executor }")]
    [InlineData("exec-dispatcher.throughput = 1")]
    public void Dispatchers_are_Akkas_to_read(string hocon) => Assert.Empty(Errors(hocon));

    [Fact]
    public void A_further_listener_is_one_more_section_with_all_its_keys() => Assert.Equal(
        ["actornet.listeners.second.backlog is missing."],
        Errors("""listeners.second { address = "::1", port = 7401, tls = off, allow-plaintext-beyond-loopback = off, allow = [], deny = [] }"""));

    [Theory]
    [InlineData("off", "warning", "Warning")]
    [InlineData("error", "debug", "Debug")]
    [InlineData("information", "off", "Information")]
    [InlineData("off", "off", null)]
    public void The_least_level_of_console_and_file_is_what_actors_must_log(string console, string file, string? expected) =>
        Assert.Equal(
        expected, ServerSettings.From(Over($"logging {{ console-level = {console}, file-level = {file} }}")).Logging.LeastLevel?.ToString());

    private static IReadOnlyList<string> Errors(string actornet) => ErrorsOf($"actornet {{ {actornet} }}");

    private static IReadOnlyList<string> ErrorsOf(string hocon)
    {
        try
        {
            ServerSettings.From(HoconText.Parse("test", hocon).WithFallback(ReferenceConfig.Load()));
            return [];
        }
        catch (InvalidSettingsException e)
        {
            return e.Errors;
        }
    }

    private static Akka.Configuration.Config Over(string actornet) =>
        HoconText.Parse("test", $"actornet {{ {actornet} }}").WithFallback(ReferenceConfig.Load());
}
