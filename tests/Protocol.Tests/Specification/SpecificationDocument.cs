using System.Text.RegularExpressions;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>docs/protocol.md as the tests see it: its text, its fenced blocks, its tables.</summary>
internal static partial class SpecificationDocument
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "protocol.md")).ReplaceLineEndings("\n");

    public static IReadOnlyList<FencedBlock> Blocks { get; } =
        [.. BlockPattern().Matches(Text).Select(match => FencedBlock.From(match.Groups["info"].Value, match.Groups["body"].Value))];

    /// <summary>The single-frame examples.</summary>
    public static IEnumerable<FencedBlock> Frames => Blocks.Where(block => block.Kind == "frame");

    /// <summary>The conversations, one for each service.</summary>
    public static IEnumerable<FencedBlock> Conversations => Blocks.Where(block => block.Kind == "conversation");

    /// <summary>Every example of the page: those with hex and the lines of the conversations.</summary>
    public static IEnumerable<FrameExample> Examples =>
        Frames.Select(block => FrameExample.Parse(block["from"], block.Lines[0], block.Find("service")))
            .Concat(Conversations.SelectMany(block => block.Lines.Select(line => FrameExample.Parse(line, block["service"]))));

    public static FencedBlock Frame(string name) => Frames.Single(block => block["name"] == name);

    /// <summary>The payload in the hex of a single-frame example.</summary>
    public static byte[] Payload(string name) =>
        Assert.Single(Wire.Read(Wire.Hex(string.Concat(Frame(name).Lines.Skip(1))))).Payload.ToArray();

    /// <summary>Rows of all tables, in cells, without the backquotes.</summary>
    public static IEnumerable<string[]> Rows =>
        Text.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Select(line => line.Trim('|').Split('|').Select(cell => cell.Trim().Trim('`')).ToArray());

    [GeneratedRegex("^```(?<info>[a-z][^\n]*)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BlockPattern();
}
