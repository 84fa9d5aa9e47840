using System.Diagnostics;
using System.Text;
using System.Text.Json;
using ActorNet.Server.Audit;
using static ActorNet.Server.Tests.Audit.AuditFolder;

namespace ActorNet.Server.Tests.Audit;

public class AuditFormatTests
{
    private const string Run = "0a1b2c3d";

    private const string FirstGolden =
        """{"seq":1,"time":"2026-01-02T03:04:05.678Z","run":"0a1b2c3d","act":"exec.run","outcome":"ok","connection":"0a1b2c3d/native/conn-17","account":"alice","remote":"192.0.2.7:50123","subject":"/bin/echo","details":{"job":"4","argv":"echo \"hi\"\n"},"prev":"0000000000000000000000000000000000000000000000000000000000000000","hash":"b5132d8ef4794c0231e83006943d07d710b014c46551bb8921e995b911731a7a"}""";

    private const string SecondGolden =
        """{"seq":2,"time":"2026-01-02T03:04:06.000Z","run":"0a1b2c3d","act":"login","outcome":"forbidden","account":"jürgen","prev":"b5132d8ef4794c0231e83006943d07d710b014c46551bb8921e995b911731a7a","hash":"190409a4c3aae142983a25691eb259820c1576cf299449ec4477dc9b576d3ef0"}""";

    private static readonly DateTimeOffset Time = new(2026, 1, 2, 4, 4, 5, 678, TimeSpan.FromHours(1));

    private static string Document => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "audit.md")).ReplaceLineEndings("\n");

    [Fact]
    public void The_bytes_of_two_records_are_these()
    {
        var first = new AuditEvent("exec.run", AuditEvent.Ok)
        {
            Connection = "0a1b2c3d/native/conn-17",
            Account = "alice",
            Remote = "192.0.2.7:50123",
            Subject = "/bin/echo",
            Details = [new("job", "4"), new("argv", "echo \"hi\"\n")],
        };
        var second = new AuditEvent("login", "forbidden") { Account = "jürgen" };

        var log = Chain(Body(first), AuditFormat.Body(second, new DateTimeOffset(2026, 1, 2, 3, 4, 6, TimeSpan.Zero), Run, Usual));

        Assert.Equal($"{FirstGolden}\n{SecondGolden}\n", log);
    }

    [Fact]
    public void The_document_shows_the_same_two()
    {
        Assert.Contains($"{FirstGolden}\n{SecondGolden}\n", Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_script_in_the_document_takes_a_log_and_refuses_one_that_was_changed()
    {
        if (!Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "python3")))) return;
        using var folder = new AuditFolder();
        folder.Fill(3);

        Assert.Equal(0, await RunScriptAsync(folder.First));
        await File.WriteAllTextAsync(folder.First, (await File.ReadAllTextAsync(folder.First)).Replace("alice", "alicf", StringComparison.Ordinal));
        Assert.NotEqual(0, await RunScriptAsync(folder.First));
    }

    [Theory]
    [InlineData("a\u001b[2J", @"a\u001b[2J")]
    [InlineData("a\u0085b\u007f\0", @"a\u0085b\u007f\u0000")]
    [InlineData("a\u202eb\u2028\ufeff", @"a\u202eb\u2028\ufeff")]
    [InlineData("\ud83d\ude00 \\ / < & '", "\ud83d\ude00 \\\\ / < & '")]
    [InlineData("\U000e0001", @"\udb40\udc01")]
    public void What_could_do_harm_in_a_terminal_is_escaped_and_all_else_stands_as_it_is(string text, string expected)
    {
        var line = Line(new AuditEvent("test", AuditEvent.Ok) { Subject = text });

        Assert.Contains($"\"subject\":\"{expected}\"", line, StringComparison.Ordinal);
        Assert.Equal(text.Length, JsonDocument.Parse(line).RootElement.GetProperty("subject").GetString()!.Length);
    }

    [Fact]
    public void Half_a_pair_of_surrogates_is_replaced() => Assert.Contains(
        "\"subject\":\"a\ufffdb\"", Line(new AuditEvent("test", AuditEvent.Ok) { Subject = "a\ud800b" }), StringComparison.Ordinal);

    [Theory]
    [InlineData(1024, false)]
    [InlineData(1025, true)]
    public void A_value_is_cut_at_its_limit_with_a_mark(int length, bool isCut)
    {
        var line = Line(new AuditEvent("test", AuditEvent.Ok) { Subject = new string('x', length) });

        var expected = isCut ? $"{new string('x', 1024)}…(cut from 1025 characters)" : new string('x', 1024);
        Assert.Contains($"\"subject\":\"{expected}\"", line, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_does_not_split_an_escape_or_a_letter()
    {
        var line = Line(new AuditEvent("test", AuditEvent.Ok) { Account = new string('\u0001', 171), Subject = new string('\u4e2d', 342) });

        Assert.Contains($"\"account\":\"{string.Concat(Enumerable.Repeat(@"\u0001", 170))}…(cut", line, StringComparison.Ordinal);
        Assert.Contains($"\"subject\":\"{new string('\u4e2d', 341)}…(cut", line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(256, 4 * 1024)]
    [InlineData(512, 4 * 1024)]
    [InlineData(1024, 16 * 1024)]
    [InlineData(16 * 1024, 256 * 1024)]
    public void A_line_is_never_longer_than_its_limit_and_says_how_many_details_had_no_room(int fieldSize, int lineSize)
    {
        var settings = Usual with { FieldSize = fieldSize, LineSize = lineSize };
        var longest = new string('\u0001', 100_000);
        var body = AuditFormat.Body(
            new AuditEvent(longest, longest)
            {
                Connection = longest,
                Account = longest,
                Remote = longest,
                Subject = longest,
                Details = [.. Enumerable.Range(0, 1000).Select(i => KeyValuePair.Create($"d{i}", longest))],
            },
            Time, Run, settings);

        var line = Chain(body);

        Assert.InRange(Encoding.UTF8.GetByteCount(line), lineSize / 4, lineSize);
        var details = JsonDocument.Parse(line).RootElement.GetProperty("details").EnumerateObject().ToArray();
        Assert.Equal("details_cut", details[^1].Name);
        Assert.Equal($"{1000 - (details.Length - 1)}", details[^1].Value.GetString());
    }

    [Fact]
    public void An_event_has_no_place_for_content()
    {
        Assert.Equal(
            ["Account", "Act", "Connection", "Details", "Outcome", "Remote", "Subject"],
            typeof(AuditEvent).GetProperties().Where(p => p.GetMethod!.IsPublic && !p.GetMethod.IsStatic).Select(p => p.Name).Order());
        Assert.All(
            typeof(AuditEvent).GetProperties().Where(p => p.Name != "Details"), property => Assert.Equal(typeof(string), property.PropertyType));
    }

    private static byte[] Body(AuditEvent happened) => AuditFormat.Body(happened, Time, Run, Usual);

    private static string Line(AuditEvent happened) => Chain(Body(happened));

    private static async Task<int> RunScriptAsync(string file)
    {
        var script = Document.Split("```python\n")[1].Split("```")[0];
        using var python = Process.Start(new ProcessStartInfo("python3", ["-c", script, file])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        await python.WaitForExitAsync();
        return python.ExitCode;
    }
}
