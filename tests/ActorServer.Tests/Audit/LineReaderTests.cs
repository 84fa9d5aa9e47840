using System.Text;
using ActorNet.Server.Audit;

namespace ActorNet.Server.Tests.Audit;

public class LineReaderTests
{
    private const int Largest = AuditSettings.LargestLine;

    [Fact]
    public void Lines_come_with_their_numbers_and_places()
    {
        using var lines = Reader("a\n\nbcd\ne");

        Assert.Equal(["1 0 a.", "2 2 .", "3 3 bcd.", "4 7 e"], All(lines));
        Assert.Equal(8, lines.NextOffset);
    }

    [Fact]
    public void An_empty_file_has_no_line() => Assert.Empty(All(Reader("")));

    [Theory]
    [InlineData(Largest, false)]
    [InlineData(Largest + 1, true)]
    [InlineData(5 * Largest, true)]
    public void A_line_above_the_limit_is_passed_over(int length, bool isTooLong)
    {
        using var lines = Reader($"a\n{new string('x', length)}\nb\n");

        lines.Read();
        Assert.True(lines.Read());
        Assert.Equal((isTooLong, true, 2), (lines.IsTooLong, lines.IsTerminated, lines.Number));
        Assert.True(lines.Read());
        Assert.Equal("b", Encoding.UTF8.GetString(lines.Line.Span));
        Assert.Equal((false, 3, length + 3L), (lines.IsTooLong, lines.Number, lines.Offset));
        Assert.False(lines.Read());
    }

    [Fact]
    public void A_line_above_the_limit_may_be_the_last()
    {
        using var lines = Reader(new string('x', 2 * Largest));

        Assert.True(lines.Read());
        Assert.Equal((true, false, 1, 2L * Largest), (lines.IsTooLong, lines.IsTerminated, lines.Number, lines.NextOffset));
        Assert.False(lines.Read());
    }

    [Fact]
    public void Reads_of_any_size_make_no_difference()
    {
        var text = string.Join('\n', Enumerable.Range(0, 1000).Select(i => new string('x', i % 37)));
        using var whole = Reader(text);
        using var dribble = new LineReader(new Dribble(Encoding.UTF8.GetBytes(text)));

        Assert.Equal(All(whole), All(dribble));
    }

    private static LineReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static List<string> All(LineReader lines)
    {
        var all = new List<string>();
        while (lines.Read())
            all.Add($"{lines.Number} {lines.Offset} {Encoding.UTF8.GetString(lines.Line.Span)}{(lines.IsTerminated ? "." : "")}");
        return all;
    }

    private sealed class Dribble(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 3));
    }
}
