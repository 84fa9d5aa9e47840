using ActorNet.Protocol;
using ActorNet.Server.Files;

namespace ActorNet.Server.Tests.Files;

public sealed class FilePathTests
{
    private static readonly FileSettings Settings = TestSettings.For("/");

    public static TheoryData<string, string> Refused => new()
    {
        { "..", "'..' in component 1" },
        { "../etc/passwd", "'..' in component 1" },
        { "a/../../x", "'..' in component 2" },
        { "a/..", "'..' in component 2" },
        { "/..", "'..' in component 1" },
        { "./a", "'.' in component 1" },
        { "a/./b", "'.' in component 2" },
        { "//etc/passwd", "an empty name in component 1" },
        { "a//b", "an empty name in component 2" },
        { "a/", "an empty name in component 2" },
        { "a\0b", "a NUL" },
        { "a\nb", "a newline" },
        { "a\rb", "U+000D" },
        { "a\u001b[31m", "U+001B" },
        { "a\u007f", "U+007F" },
        { "a\u0085", "U+0085" },
        { "a\u2028b", "U+2028" },
        { "a\u202egpj.exe", "U+202E" },
        { "a\u2066b", "U+2066" },
        { "..\\windows", "a backslash" },
        { ".actornet-partial", "the node's own folder" },
        { "/.actornet-partial/x", "the node's own folder" },
        { new string('n', 256), "256 bytes in component 1" },
        { string.Concat(Enumerable.Repeat("é", 128)), "256 bytes in component 1" },
        { string.Join('/', Enumerable.Repeat("abc", 257)), "1027 bytes" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_path_that_breaks_a_rule_is_invalid_and_the_answer_says_which(string path, string rule)
    {
        var fault = Assert.Throws<FileFaultException>(() => FilePath.Parse(path, Settings));

        Assert.Equal(ErrorCode.Invalid, fault.Code);
        Assert.Contains(rule, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(fault.Message, char.IsControl);
    }

    [Fact]
    public void Half_a_surrogate_pair_is_invalid()
    {
        foreach (var path in new[] { "a\ud800", "\udc00a", "a\ud800/b" })
        {
            var fault = Assert.Throws<FileFaultException>(() => FilePath.Parse(path, Settings));
            Assert.Contains("half a surrogate pair in component 1", fault.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData("a/b/c")]
    [InlineData("...")]
    [InlineData("..a")]
    [InlineData(" a b ")]
    [InlineData("-rf")]
    [InlineData("grüße/😀")]
    [InlineData("sub/.actornet-partial")]
    public void A_path_of_ordinary_names_is_taken_with_and_without_a_leading_slash(string path)
    {
        Assert.Equal(path.Split('/'), FilePath.Parse(path, Settings).Components);
        Assert.Equal(path, FilePath.Parse("/" + path, Settings).ToString());
    }

    [Fact]
    public void Names_and_paths_of_the_largest_length_are_taken()
    {
        Assert.Equal(255, FilePath.Parse(new string('n', 255), Settings).Name.Length);
        var longest = string.Join('/', Enumerable.Repeat("abc", 256)) + "d";
        Assert.Equal(1024, FilePath.Parse(longest, Settings).ToString().Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    public void Nothing_and_a_slash_are_the_root(string path) => Assert.True(FilePath.Parse(path, Settings).IsRoot);

    [Fact]
    public void A_name_no_path_leads_to_is_shown_without_what_the_rules_refuse() =>
        Assert.Equal("a\uFFFDb\uFFFDc", FilePath.Shown("a\nb\u202ec"));
}
