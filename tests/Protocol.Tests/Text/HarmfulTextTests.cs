using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Tests.Text;

public sealed class HarmfulTextTests
{
    private static readonly int[] Directions =
        [0x061c, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2068, 0x2069];

    [Fact]
    public void Harmful_are_the_controls_the_line_separators_and_the_direction_controls()
    {
        var harmful = Enumerable.Range(0, 0x110000).Where(HarmfulText.IsHarmful);

        Assert.Equal(
            Enumerable.Range(0, 0x110000)
                .Where(value => Rune.IsValid(value) && Rune.IsControl(new Rune(value)))
                .Concat([0x2028, 0x2029, .. Directions]).Order(),
            harmful);
    }

    [Fact]
    public void A_character_is_of_one_kind() =>
        Assert.DoesNotContain(
            Enumerable.Range(0, 0x110000), value => HarmfulText.IsControl(value) && HarmfulText.TurnsDirection(value));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, false)]
    [InlineData(7, true)]
    [InlineData(8, false)]
    public void A_range_has_its_first_and_its_last(int value, bool isIn) => Assert.Equal(isIn, new CodePointRanges(2, 4, 7, 7).Contains(value));
}
