using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public class SettingsReaderTests
{
    [Fact]
    public void Each_kind_of_value_is_read()
    {
        var settings = Reader("""
            text = "a b", none = "", count = 7, size = 64KiB, time = 30s, flag = on, list = [a, "b c"], empty = [], word = red
            """);

        Assert.Equal("a b", settings.Text("text"));
        Assert.Equal("", settings.OptionalText("none"));
        Assert.Equal(7, settings.Number("count", 0, 10));
        Assert.Equal(65_536, settings.Bytes("size", 0, 1L << 40));
        Assert.Equal(TimeSpan.FromSeconds(30), settings.Duration("time", TimeSpan.Zero, TimeSpan.FromDays(1)));
        Assert.True(settings.Flag("flag"));
        Assert.Equal(["a", "b c"], settings.Texts("list"));
        Assert.Empty(settings.Texts("empty"));
        Assert.Equal("red", settings.Choice("word", "red", "green"));
        Assert.Empty(settings.Errors);
    }

    [Fact]
    public void A_list_may_stand_on_one_line_with_what_follows_it()
    {
        var settings = Reader("""a = ["x", "y"] , b = [] """);

        Assert.Equal(["x", "y"], settings.Texts("a"));
        Assert.Empty(settings.Texts("b"));
        Assert.Empty(settings.Errors);
    }

    [Theory]
    [InlineData("s { list = [] }", "")]
    [InlineData("s { list = [] } # none", "")]
    [InlineData("s { list = [\"a\", \"b\"] }", "a,b")]
    [InlineData("s { list = [\"a\"] # one\n }", "a")]
    [InlineData("s { list = [\"a\"] [\"b\"] }", "a,b")]
    public void A_list_may_be_the_last_of_its_line(string hocon, string expected)
    {
        var settings = new SettingsReader(HoconText.Parse("test", hocon), "s");

        Assert.Equal(expected, string.Join(",", settings.Texts("list")));
        Assert.Empty(settings.Errors);
    }

    [Theory]
    [InlineData("", "s.k is missing.")]
    [InlineData("k = null", "s.k is null; it takes a value.")]
    [InlineData("k = {}", "s.k is not a single value.")]
    [InlineData("k = [1]", "s.k is not a single value.")]
    [InlineData("k = ten", "s.k is 'ten'; it takes a whole number.")]
    [InlineData("k = 1.5", "s.k is '1.5'; it takes a whole number.")]
    [InlineData("k = 0", "s.k is 0; it takes 1 to 10.")]
    [InlineData("k = -1", "s.k is -1; it takes 1 to 10.")]
    [InlineData("k = 11", "s.k is 11; it takes 1 to 10.")]
    public void A_number_that_is_none_or_out_of_range_is_an_error_with_its_path(string hocon, string expected)
    {
        var settings = Reader(hocon);

        settings.Number("k", 1, 10);

        Assert.Equal([expected], settings.Errors);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(10, true)]
    [InlineData(0, false)]
    [InlineData(11, false)]
    public void Both_ends_of_a_range_belong_to_it(int number, bool expected)
    {
        var settings = Reader($"k = {number}");

        settings.Number("k", 1, 10);

        Assert.Equal(expected, settings.Errors.Count == 0);
    }

    [Theory]
    [InlineData("k = 64", "s.k is '64'; it takes a size such as 64KiB or 1MiB.")]
    [InlineData("k = 1MiB", "s.k is 1MiB; it takes 1KiB to 64KiB.")]
    public void A_size_error_names_what_is_taken(string hocon, string expected)
    {
        var settings = Reader(hocon);

        settings.Bytes("k", 1024, 65_536);

        Assert.Equal([expected], settings.Errors);
    }

    [Theory]
    [InlineData("k = 30", "s.k is '30'; it takes a duration such as 500ms, 30s, 5m, 1h or 1d.")]
    [InlineData("k = 2h", "s.k is 2h; it takes 1s to 1h.")]
    public void A_duration_error_names_what_is_taken(string hocon, string expected)
    {
        var settings = Reader(hocon);

        settings.Duration("k", TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));

        Assert.Equal([expected], settings.Errors);
    }

    [Fact]
    public void All_errors_are_collected_from_all_sections()
    {
        var settings = Reader("""
            a { text = "" }
            b { flag = yes, list = x, word = blue }
            """);

        settings.Section("a").Text("text");
        settings.Section("b").Flag("flag");
        settings.Section("b").Texts("list");
        settings.Section("b").Choice("word", "red", "green");

        Assert.Equal(
            [
                "s.a.text is empty.",
                "s.b.flag is 'yes'; it takes on or off.",
                "s.b.list is not a list of texts: write [\"a\", \"b\"].",
                "s.b.word is 'blue'; it takes one of red, green.",
            ],
            settings.Errors);
    }

    [Fact]
    public void Of_one_key_only_the_first_error_is_told()
    {
        var settings = Reader("a.k = ten, b.k = ten");

        settings.Section("a").Number("k", 1, 10);
        settings.Section("a").Fail("k", "is less than j.");
        settings.Section("b").Fail("k", "is less than j.");

        Assert.Equal(["s.a.k is 'ten'; it takes a whole number.", "s.b.k is less than j."], settings.Errors);
    }

    [Fact]
    public void Sections_that_somebody_named_are_listed_and_bad_names_are_errors()
    {
        var settings = Reader("""
            native { port = 1 }
            Caps {}
            value = 5
            tls-2 { port = 2 }
            """);

        Assert.Equal(["native", "tls-2"], settings.NamedSections().Select(section => section.Name));
        Assert.Equal(
            [
                "s.Caps has a name that cannot be used: it takes a to z, 0 to 9 and '-', and starts with a letter.",
                "s.value is a value; it takes a section in braces.",
            ],
            settings.Errors);
    }

    private static SettingsReader Reader(string hocon) => new(HoconText.Parse("test", $"s {{ {hocon} }}"), "s");
}
