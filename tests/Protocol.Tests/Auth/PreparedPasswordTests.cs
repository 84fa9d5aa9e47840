using System.Text;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class PreparedPasswordTests
{
    [Theory]
    [InlineData("correct horse", "correct horse")]
    [InlineData(" Correct  Horse ", " Correct  Horse ")]
    [InlineData("a\u00a0b\u3000c\u2003d", "a b c d")]
    [InlineData("e\u0301", "é")]
    [InlineData("\u212b", "Å")]
    [InlineData("π²ﬁ½Ⅷ", "π²ﬁ½Ⅷ")]
    [InlineData("Ａ", "Ａ")]
    [InlineData("😀€,=\\\"", "😀€,=\\\"")]
    [InlineData("aאb", "aאb")]
    public void A_password_keeps_all_but_the_way_it_was_typed(string text, string prepared) =>
        Assert.Equal(prepared, Encoding.UTF8.GetString(ScramLogin.Password(text).Bytes.Span));

    [Theory]
    [InlineData("")]
    [InlineData("secret\0")]
    [InlineData("secret\n")]
    [InlineData("secret\t")]
    [InlineData("secret\u007f")]
    [InlineData("secret\u0085")]
    [InlineData("secret\u202e")]
    [InlineData("secret\u2028")]
    [InlineData("secret\u200b")]
    [InlineData("secret\u00ad")]
    [InlineData("secret\ufeff")]
    [InlineData("secret\ufe0f")]
    [InlineData("secret\u0378")]
    [InlineData("secret\uffff")]
    [InlineData("secret\ue000")]
    [InlineData("secret\u1100")]
    [InlineData("secret\ufffd")]
    public void What_is_no_password_is_refused_without_repeating_it(string text)
    {
        Assert.False(PreparedPassword.TryPrepare(text, out var password, out var problem));

        Assert.Null(password);
        Assert.DoesNotContain("secret", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_of_a_character_is_refused()
    {
        Assert.False(PreparedPassword.TryPrepare("secret" + '\ud800', out _, out var problem));
        Assert.Equal("The password has half of a character.", problem);
        Assert.False(AccountName.TryPrepare("name" + '\ud800', out _, out _));
    }

    [Fact]
    public void The_limit_counts_bytes_of_the_prepared_password()
    {
        Assert.Equal(1024, ScramLogin.Password(new string('a', 1024)).Bytes.Length);
        Assert.False(PreparedPassword.TryPrepare(new string('a', 1025), out _, out var problem));
        Assert.Contains("1025 bytes", problem, StringComparison.Ordinal);
        Assert.False(PreparedPassword.TryPrepare(new string('€', 342), out _, out _));
        Assert.False(PreparedPassword.TryPrepare(new string('a', 4097), out _, out _));
    }

    [Fact]
    public void Without_tables_a_password_is_the_same_or_none()
    {
        foreach (var value in Enumerable.Range(0, 0x110000).Where(Rune.IsValid))
        {
            var text = $"a{new Rune(value)}";
            if (PreparedPassword.TryPrepare(text, NormalForms.WithoutTables, out var password, out _))
                Assert.True(password.Bytes.Span.SequenceEqual(ScramLogin.Password(text).Bytes.Span), $"U+{value:X4}");
        }

        Assert.True(PreparedPassword.TryPrepare("Grüße für 5 €", NormalForms.WithoutTables, out _, out _));
        Assert.False(PreparedPassword.TryPrepare("e\u0301", NormalForms.WithoutTables, out _, out var problem));
        Assert.Contains("tables of Unicode", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_printed() => Assert.Equal("(a password)", $"{ScramLogin.Password("secret")}");
}
