using System.Text;
using ActorNet.Protocol.Text;

namespace ActorNet.Protocol.Tests.Text;

/// <summary>What a process without tables believes of characters, compared with the tables.</summary>
public sealed class NormalFormsTests
{
    private static readonly IReadOnlyList<Rune> Assigned =
        [.. Enumerable.Range(0, 0x110000).Where(Rune.IsValid).Select(value => new Rune(value)).Where(Repertoire.Has)];

    [Fact]
    public void The_tests_run_with_the_tables() => Assert.Equal("\u00e9", NormalForms.Platform.Compose("e\u0301"));

    [Fact]
    public void An_inert_character_is_its_own_normal_form() =>
        Assert.All(
            Assigned.Where(rune => NormalForms.IsInert(rune.Value)),
            rune => Assert.Equal(rune.ToString(), rune.ToString().Normalize(NormalizationForm.FormC)));

    // The second character of any decomposition may compose with what stands before it.
    [Fact]
    public void An_inert_character_composes_with_nothing_before_it()
    {
        var seconds = Assigned
            .SelectMany(rune => rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes().Skip(1)).Select(rune => rune.Value)
            .Distinct().ToList();

        Assert.True(seconds.Count > 50);
        Assert.DoesNotContain(seconds, NormalForms.IsInert);
    }

    // Marks are reordered and compose across each other; none is inert.
    [Fact]
    public void No_mark_is_inert() =>
        Assert.DoesNotContain(
            Assigned.Where(rune => NormalForms.IsInert(rune.Value)),
            rune => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.EnclosingMark);

    [Fact]
    public void Letters_in_another_dress_are_known_without_tables_too() =>
        Assert.All(
            Assigned.Where(rune => NormalForms.IsInert(rune.Value) && Rune.IsLetterOrDigit(rune)),
            rune => Assert.Equal(
                rune.ToString().Normalize(NormalizationForm.FormKC) != rune.ToString(), NormalForms.WithoutTables.IsCompatibility(rune)));

    [Fact]
    public void Without_tables_a_text_is_composed_as_with_them_or_not_at_all()
    {
        string[] texts = ["", "plain", "Grüße €5", "Привет", "密码", "かな", "비밀번호", "tiếng Việt", "e\u0301", "\u212b", "ガ", "\u1112\u1161"];
        foreach (var text in texts)
        {
            var without = NormalForms.WithoutTables.Compose(text);
            Assert.True(without is null || without == NormalForms.Platform.Compose(text), text);
        }

        Assert.Equal("Grüße €5", NormalForms.WithoutTables.Compose("Grüße €5"));
        Assert.Null(NormalForms.WithoutTables.Compose("e\u0301"));
    }
}
