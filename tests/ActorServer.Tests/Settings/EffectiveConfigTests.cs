using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public class EffectiveConfigTests
{
    [Fact]
    public void What_holds_is_printed_in_order_with_the_source_of_what_was_changed() => Assert.Equal(
        """
        a {
          list = [x, "y z"]  # my.hocon
          none = ""
          text = "1:2"  # command line
          time = 30s
        }
        b-c = on

        """.ReplaceLineEndings("\n"),
        EffectiveConfig.Print(Layered(
            ("reference", """b-c = on, a { time = 30s, none = "", list = [], text = "" }"""),
            ("my.hocon", """a.list = [x, "y z"], a.text = other"""),
            ("command line", """a.text = "1:2" """))));

    [Theory]
    [InlineData("password")]
    [InlineData("admin-password")]
    [InlineData("token")]
    public void A_secret_is_never_printed(string key) => Assert.DoesNotContain(
        "hunter2", EffectiveConfig.Print(Layered(("reference", $"a.{key} = hunter2"))), StringComparison.Ordinal);

    [Fact]
    public void What_is_printed_can_be_read_again_and_means_the_same()
    {
        var config = ConfigLoader.Load(new ConfigSources([], "d \"q\" \\ \u001b", ["actornet.node.name=north"]), []);

        var printed = HoconText.Parse("printed", EffectiveConfig.Print(config));

        var (before, after) = (ServerSettings.From(config.Effective), ServerSettings.From(printed));
        Assert.Equal(before with { Listeners = [], Login = after.Login, Exec = after.Exec }, after with { Listeners = [] });
        Assert.Equal(before.Login with { Mechanisms = after.Login.Mechanisms }, after.Login);
        Assert.Equal(before.Listeners, after.Listeners);
        Assert.Equal(
            EffectiveConfig.Print(new LayeredConfig([new ConfigLayer("one", config.Effective)])),
            EffectiveConfig.Print(new LayeredConfig([new ConfigLayer("one", printed)])));
    }

    private static LayeredConfig Layered(params (string Name, string Hocon)[] layers) =>
        new([.. layers.Select(layer => new ConfigLayer(layer.Name, HoconText.Parse(layer.Name, layer.Hocon)))]);
}
