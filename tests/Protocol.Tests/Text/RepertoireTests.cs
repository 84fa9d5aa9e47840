using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Tests.Text;

public sealed class RepertoireTests
{
    // Counted with the tables of another language that are of Unicode 14. More here means that the runtime has learnt a newer version: what
    // that version added belongs to the young.
    [Fact]
    public void The_repertoire_is_that_of_unicode_14() =>
        Assert.Equal(143_909, Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Count(value => Repertoire.Has(new Rune(value))));

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x001b)]
    [InlineData(0x0085)]
    [InlineData(0x00ad)]
    [InlineData(0x0378)]
    [InlineData(0x034f)]
    [InlineData(0x1160)]
    [InlineData(0x1100)]
    [InlineData(0x200b)]
    [InlineData(0x200d)]
    [InlineData(0x202e)]
    [InlineData(0x2028)]
    [InlineData(0x3164)]
    [InlineData(0xe000)]
    [InlineData(0xfe0f)]
    [InlineData(0xfffd)]
    [InlineData(0xfffe)]
    [InlineData(0x10d50)]
    [InlineData(0xe0041)]
    [InlineData(0xe0100)]
    [InlineData(0x10ffff)]
    public void What_cannot_be_seen_or_is_not_known_everywhere_is_not_in_it(int value) => Assert.False(Repertoire.Has(new Rune(value)));

    [Theory]
    [InlineData(false, 'a')]
    [InlineData(false, '\ud83d', '\ude00')]
    [InlineData(true, 'a', '\ud800')]
    [InlineData(true, '\udc00', 'a')]
    [InlineData(true, '\ud83d', '\ud83d', '\ude00')]
    public void Half_a_pair_breaks_a_text(bool isBroken, params char[] text) => Assert.Equal(isBroken, Repertoire.IsBroken(new string(text)));
}
