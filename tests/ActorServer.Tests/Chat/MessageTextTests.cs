using ActorNet.Protocol;
using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class MessageTextTests
{
    [Theory]
    [InlineData("hello")]
    [InlineData(" ")]
    [InlineData("two\nlines\tand a tab")]
    [InlineData("😀 <b>&amp;</b> \"quoted\" \\")]
    [InlineData("\u202eright to left")]
    [InlineData("שלום \u2067x\u2069")]
    public void Text_is_passed_on_as_it_is(string text)
    {
        Assert.True(MessageText.TryParse(text, 100, out var parsed, out _));
        Assert.Equal(text, parsed.Value);
    }

    [Theory]
    [InlineData("\u001b[2J", "U+001B")]
    [InlineData("a\r\nb", "U+000D")]
    [InlineData("a\0", "U+0000")]
    [InlineData("a\u007f", "U+007F")]
    [InlineData("a\u0080", "U+0080")]
    [InlineData("a\u009b31m", "U+009B")]
    public void Control_characters_are_refused_by_number(string text, string number)
    {
        Assert.False(MessageText.TryParse(text, 100, out var parsed, out var problem));
        Assert.Null(parsed);
        Assert.Equal(ErrorCode.Invalid, problem.Code);
        Assert.Contains(number, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(problem.Message, char.IsControl);
    }

    [Fact]
    public void A_text_of_nothing_is_refused()
    {
        Assert.False(MessageText.TryParse("", 100, out _, out var problem));
        Assert.Equal(ErrorCode.Invalid, problem.Code);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("д")]
    [InlineData("部")]
    public void The_limit_counts_bytes_and_over_it_a_file_is_advised(string letter)
    {
        var bytes = System.Text.Encoding.UTF8.GetByteCount(letter);
        var text = string.Concat(Enumerable.Repeat(letter, 1000));

        Assert.True(MessageText.TryParse(text, 1000 * bytes, out _, out _));
        Assert.False(MessageText.TryParse(text, (1000 * bytes) - 1, out _, out var problem));
        Assert.Equal(ErrorCode.TooLarge, problem.Code);
        Assert.Contains("file", problem.Message, StringComparison.Ordinal);
    }
}
