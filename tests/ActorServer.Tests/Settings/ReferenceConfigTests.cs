using System.Text.RegularExpressions;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public partial class ReferenceConfigTests
{
    [Fact]
    public void Every_key_that_is_read_stands_in_the_reference_and_every_key_there_is_read()
    {
        var reader = new SettingsReader(ReferenceConfig.Load(), "actornet");

        ServerSettings.Read(reader);

        Assert.Empty(reader.Errors);
        Assert.Empty(UnknownKeys.Find(ReferenceConfig.Load(), reader.Known));
    }

    [Fact]
    public void Every_key_of_the_node_has_a_comment_above_it()
    {
        var lines = ReferenceConfig.Text.Split('\n').TakeWhile(line => !line.StartsWith("akka {", StringComparison.Ordinal)).ToArray();
        var keys = lines.Index().Where(line => Assignment().IsMatch(line.Item) && !IsOfDispatcher(lines, line.Index)).ToArray();

        Assert.True(keys.Length > 30, "the pattern of an assignment no longer fits the file");
        Assert.Empty(keys.Where(key => !IsExplained(lines, key.Index)).Select(key => key.Item.Trim()));
    }

    [Theory]
    [InlineData("development.hocon")]
    [InlineData("load.hocon")]
    public void Each_further_file_is_valid_over_the_reference(string name)
    {
        var file = Path.Combine(Path.GetDirectoryName(ConfigLoader.ReferenceFile)!, name);

        ServerSettings.From(ConfigLoader.Load(new ConfigSources([file], null, []), []).Effective);
    }

    // A group of assignments shares the comment above its first; a blank line ends the group.
    private static bool IsExplained(string[] lines, int at)
    {
        while (at > 0 && Assignment().IsMatch(lines[at])) at--;
        return lines[at].TrimStart().StartsWith("# ", StringComparison.Ordinal);
    }

    // What a dispatcher's keys mean is Akka's to say; the section as a whole has its comment.
    private static bool IsOfDispatcher(string[] lines, int at) =>
        lines.Take(at).LastOrDefault(line => SectionOfNode().IsMatch(line))?.Contains("-dispatcher ", StringComparison.Ordinal) ?? false;

    [GeneratedRegex(@"^  [\w-]+ \{")]
    private static partial Regex SectionOfNode();

    [GeneratedRegex(@"^\s*[A-Za-z_][\w.-]* = ")]
    private static partial Regex Assignment();
}
