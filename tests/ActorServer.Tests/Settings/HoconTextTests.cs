using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public class HoconTextTests
{
    [Theory]
    [InlineData("a {\n b = 1\n", "f, line 1: '{' is never closed.")]
    [InlineData("a { b {\n c = 1 }\n", "f, line 1: '{' is never closed.")]
    [InlineData("a = 1\n}\n", "f, line 2: '}' closes nothing.")]
    [InlineData("a {\n b = [1, 2 }\n", "f, line 2: '}' stands where ']' should close the '[' of line 2.")]
    [InlineData("a = \"text\nb = 1\n", "f, line 1: a text in quotes is not closed on its line.")]
    [InlineData("a = \"\"\"text\nb = 1\n", "f, line 1: a text in quotes is never closed.")]
    [InlineData("a = ${?HOME}\n", "f, line 1: '${?…}' is not supported here; set the key from the environment as ACTORNET__SECTION__KEY instead.")]
    [InlineData("a = [1]\na += 2\n", "f, line 2: '+=' is not supported here; write the whole list.")]
    [InlineData("include \"other.hocon\"\n", "f, line 1: 'include' is not supported here; name several files with --config.")]
    public void What_Akkas_parser_takes_without_a_word_is_an_error_with_its_line(string text, string expected) =>
        Assert.Equal([expected], Assert.Throws<InvalidSettingsException>(() => HoconText.Parse("f", text)).Errors);

    [Theory]
    [InlineData("a = 127.0.0.1:7400")]
    [InlineData("a = ${b}")]
    public void What_Akkas_parser_refuses_is_an_error_of_the_file(string text) => Assert.StartsWith(
        "f: is not HOCON: ",
        Assert.Single(Assert.Throws<InvalidSettingsException>(() => HoconText.Parse("f", text)).Errors),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("a = \"} { [ \\\" }\"", "} { [ \" }")]
    [InlineData("a = \"\"\"} \" \n }\"\"\"", "} \" \n }")]
    [InlineData("a = x # } {", "x")]
    [InlineData("a = x // ] {", "x")]
    [InlineData("b { include = 1 }\n a = include", "include")]
    [InlineData("b = 5, a = ${b}", "5")]
    public void Brackets_in_texts_and_comments_count_for_nothing(string text, string expected) =>
        Assert.Equal(expected, HoconText.Parse("f", text).GetString("a"));

    [Theory]
    [InlineData("")]
    [InlineData(" \n\n")]
    public void Nothing_is_an_empty_configuration(string text) => Assert.True(HoconText.Parse("f", text).IsEmpty);
}
