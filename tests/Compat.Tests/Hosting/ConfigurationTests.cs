using Akka.Configuration;
using Akka.Hosting;
using Akka.Hosting.Configuration;
using Microsoft.Extensions.Configuration;

namespace ActorNet.Compat.Tests.Hosting;

public sealed class ConfigurationTests
{
    [Fact]
    public void Keys_are_lower_case_with_dashes()
    {
        var config = Hocon(("App:Max_Frame", "4096"), ("App:Name", "Some Node"));

        Assert.Equal(4096, config.GetInt("app.max-frame"));
        Assert.Equal("Some Node", config.GetString("app.name"));
    }

    [Fact]
    public void A_dot_in_a_key_begins_a_level()
    {
        var config = Hocon(("app.listeners:Port", "9000"));

        Assert.Equal(9000, config.GetInt("app.listeners.port"));
    }

    [Fact]
    public void Numbered_children_are_a_list_in_their_order()
    {
        var config = Hocon(("app:names:2", "c"), ("app:names:0", "a"), ("app:names:1", "b"));

        Assert.Equal(["a", "b", "c"], config.GetStringList("app.names"));
    }

    [Fact]
    public void A_list_of_ten_and_more_is_in_the_order_of_its_numbers()
    {
        var numbers = Enumerable.Range(0, 12).ToArray();

        var config = Hocon([.. numbers.Select(number => ($"app:numbers:{number}", $"{number}"))]);

        Assert.Equal(numbers, config.GetIntList("app.numbers"));
    }

    [Theory]
    [InlineData("True", true)]
    [InlineData("False", false)]
    [InlineData("true", true)]
    [InlineData("off", false)]
    public void Truth_values_are_read(string text, bool expected)
    {
        Assert.Equal(expected, Hocon(("app:flag", text)).GetBoolean("app.flag", !expected));
    }

    [Theory]
    [InlineData("a \"quoted\" part")]
    [InlineData("two\nlines")]
    [InlineData("{ unclosed [ $")]
    [InlineData("# no comment // none")]
    public void A_value_is_text_whatever_is_in_it(string text)
    {
        Assert.Equal(text, Hocon(("app:text", text)).GetString("app.text"));
    }

    [Fact]
    public void A_section_keeps_its_own_key()
    {
        var section = Configuration(("outer:app:port", "9000")).GetSection("outer:app");

        Assert.Equal(9000, section.ToHocon().GetInt("app.port"));
    }

    [Fact]
    public void Environment_variables_name_their_levels_with_two_underscores()
    {
        const string prefix = "ACTORNET_COMPAT_";
        Environment.SetEnvironmentVariable(prefix + "APP__MAX_FRAME", "4096");

        var config = new ConfigurationBuilder().AddEnvironmentVariables(prefix).Build().ToHocon();

        Assert.Equal(4096, config.GetInt("app.max-frame"));
    }

    [Fact]
    public async Task It_is_added_like_any_hocon()
    {
        var configuration = Configuration(("App:A", "from-the-host"));

        await using var host = await AkkaHost.StartAsync(akka => akka
            .AddHocon("app { a = first, b = first }", HoconAddMode.Append)
            .AddHocon(configuration, HoconAddMode.Prepend));

        Assert.Equal("from-the-host", host.System.Settings.Config.GetString("app.a"));
        Assert.Equal("first", host.System.Settings.Config.GetString("app.b"));
    }

    private static Config Hocon(params (string Key, string Value)[] values) => Configuration(values).ToHocon();

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(value => KeyValuePair.Create<string, string?>(value.Key, value.Value)))
            .Build();
}
