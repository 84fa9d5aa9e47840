using System.Text;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Tests.Support;
using ActorNet.Protocol.Text;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Auth;

public sealed class AccountNameTests
{
    [Theory]
    [InlineData("alice", "alice")]
    [InlineData("Alice", "alice")]
    [InlineData("ALICE@Example.ORG", "alice@example.org")]
    [InlineData("ａｌｉｃｅ", "alice")]
    [InlineData("Ａ", "a")]
    [InlineData("Ä", "ä")]
    [InlineData("A\u0308", "ä")]
    [InlineData("Straße", "straße")]
    [InlineData("STRAẞE", "straße")]
    [InlineData("\u212b", "å")]
    [InlineData("\u212a", "k")]
    [InlineData("ΣΊΣΥΦΟΣ", "σίσυφοσ")]
    [InlineData("σίσυφος", "σίσυφοσ")]
    [InlineData("İ", "i\u0307")]
    [InlineData("ＡÄ\u212bｶﾞ", "aäåガ")]
    [InlineData("Алиса", "алиса")]
    [InlineData("艾丽丝", "艾丽丝")]
    [InlineData("앨리스", "앨리스")]
    [InlineData("שלום-1", "שלום-1")]
    [InlineData("0", "0")]
    [InlineData("a-_.@", "a-_.@")]
    public void A_name_is_mapped(string text, string prepared) => Assert.Equal(prepared, ScramLogin.Name(text).Value);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("alice ")]
    [InlineData(" alice")]
    [InlineData("al ice")]
    [InlineData("alice\0")]
    [InlineData("a\nb")]
    [InlineData("a\u001b[31m")]
    [InlineData("a\u0085")]
    [InlineData("a\u200db")]
    [InlineData("a\u202eb")]
    [InlineData("a\u00ad")]
    [InlineData("a\ufe0f")]
    [InlineData("a\u034f")]
    [InlineData("a\u115f")]
    [InlineData("a\u2028")]
    [InlineData("a/b")]
    [InlineData("a=b")]
    [InlineData("a,b")]
    [InlineData("a:b")]
    [InlineData("a*")]
    [InlineData("ﬁ")]
    [InlineData("a²")]
    [InlineData("aª")]
    [InlineData("µ")]
    [InlineData("ﾡ")]
    [InlineData("\u1112\u1161")]
    [InlineData("a\u0378")]
    [InlineData("a\uffff")]
    [InlineData("a\ue000")]
    [InlineData("Ⅷ")]
    [InlineData("½")]
    [InlineData("😀")]
    [InlineData("-a")]
    [InlineData(".a")]
    [InlineData("@a")]
    [InlineData("_a")]
    [InlineData("\u0301a")]
    [InlineData("aא")]
    [InlineData("אa")]
    [InlineData("1א")]
    [InlineData("א-")]
    [InlineData("א1\u0661")]
    [InlineData("a\u0661")]
    [InlineData("ـا")]
    public void What_is_no_name_is_refused_without_repeating_it(string text)
    {
        Assert.False(AccountName.TryPrepare(text, out var name, out var problem));

        Assert.Null(name);
        if (text.Length > 3) Assert.DoesNotContain(text, problem, StringComparison.Ordinal);
        Assert.DoesNotContain(problem, c => HarmfulText.IsHarmful(c));
    }

    [Fact]
    public void The_limit_counts_bytes_of_the_prepared_name()
    {
        Assert.Equal(64, ScramLogin.Name(new string('a', 64)).Value.Length);
        Assert.Equal(64, ScramLogin.Name(new string('Ａ', 64)).Value.Length);
        Assert.False(AccountName.TryPrepare(new string('a', 65), out _, out var tooLong));
        Assert.Contains("65 bytes", tooLong, StringComparison.Ordinal);
        Assert.False(AccountName.TryPrepare(new string('ä', 33), out _, out _));
        Assert.False(AccountName.TryPrepare(new string('a', 257), out _, out var absurd));
        Assert.Contains("257 characters", absurd, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prepared_name_is_prepared_to_itself() =>
        Property.Holds(
            Gen.OneOf(
                    Gen.Choose(0, 0x10ffff).Where(Rune.IsValid).Select(value => new Rune(value).ToString()),
                    Gen.Elements("a", "Z", "İ", "ς", "\u0345", "\u0301", "ẞ", "ﾞ", "ｶ", "א", "\u0661", "1", "-", "Ǆ", "ᾈ", "Å"))
                .ListOf().Select(string.Concat),
            text =>
            {
                if (AccountName.TryPrepare(text, out var name, out var problem))
                    Assert.Equal(name, ScramLogin.Name(name.Value));
                else
                    Assert.NotEmpty(problem);
            },
            3_000);

    [Fact]
    public void Each_letter_alone_is_a_name_that_stays_or_none()
    {
        foreach (var value in Enumerable.Range(0, 0x110000).Where(Rune.IsValid))
        {
            if (!AccountName.TryPrepare(new Rune(value).ToString(), out var name, out _)) continue;
            Assert.Equal(name, ScramLogin.Name(name.Value));
            Assert.Equal(name.Value, name.Value.ToLowerInvariant());
        }
    }

    // What a program without the tables of Unicode accepts, it prepares as one with them.
    [Fact]
    public void Without_tables_a_name_is_the_same_or_none()
    {
        var accepted = 0;
        foreach (var value in Enumerable.Range(0, 0x110000).Where(Rune.IsValid))
        {
            var text = $"a{new Rune(value)}";
            if (!AccountName.TryPrepare(text, NormalForms.WithoutTables, out var name, out _)) continue;
            Assert.Equal(ScramLogin.Name(text), name);
            accepted++;
        }

        Assert.True(accepted > 30_000, $"{accepted}");
        Assert.False(AccountName.TryPrepare("e\u0301", NormalForms.WithoutTables, out _, out var problem));
        Assert.Contains("tables", problem, StringComparison.Ordinal);
        Assert.False(AccountName.TryPrepare("ｶ", NormalForms.WithoutTables, out _, out _));
    }
}
