using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Tests.Diagnostics;

public class SafeTextTests
{
    [Theory]
    [InlineData("\u001b[31mred", @"\u001b[31mred")]
    [InlineData("a\r\nb", @"a\u000d\u000ab")]
    [InlineData("a\tb", @"a\u0009b")]
    [InlineData("a\u007fb\u009bc", @"a\u007fb\u009bc")]
    [InlineData("a\u202eb\u2066c\u200ed", @"a\u202eb\u2066c\u200ed")]
    [InlineData("a\u2028b", @"a\u2028b")]
    public void Controls_and_direction_marks_are_shown_not_obeyed(string text, string expected) =>
        Assert.Equal(expected, SafeText.OneLine(text));

    [Theory]
    [InlineData("Grüße, 世界 🎉")]
    [InlineData("")]
    public void Text_without_them_is_left_as_it_is(string text) => Assert.Equal(text, SafeText.OneLine(text));

    [Fact]
    public void Lines_keeps_line_feeds_and_tabs_and_nothing_else() =>
        Assert.Equal("a\nb\tc\\u001bd", SafeText.Lines("a\r\nb\tc\u001bd"));
}
