using ActorNet.Server.Audit;
using ActorNet.Server.Hosting;
using ActorNet.Server.Tests.Hosting;

namespace ActorNet.Server.Tests.Audit;

public sealed class VerifyCommandTests : IDisposable
{
    private readonly AuditFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_log_that_is_right_is_summed_up_with_its_last_record_to_note_down()
    {
        _folder.Fill(3);

        var (exitCode, output, error) = Verified.Run(_folder.Path);

        Assert.Equal(0, exitCode);
        Assert.Empty(error);
        var hash = _folder.Lines[^1][^66..^2];
        Assert.Equal(
            [
                "3 records in 1 file, each as it was written",
                "  from   2026-01-02T03:05:05.000Z, record 1",
                "  to     2026-01-02T03:07:05.000Z, record 3",
                $"  last   3:{hash}",
                "That nothing is missing at the end shows only against a record noted down elsewhere: audit verify --expect SEQ:HASH",
            ],
            output.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public void Any_byte_that_is_changed_is_found()
    {
        _folder.Fill(3);
        var log = File.ReadAllBytes(_folder.First);
        for (var at = 0; at < log.Length; at++)
            foreach (var other in (byte[])[(byte)(log[at] ^ 1), (byte)(log[at] ^ 0x20), (byte)'\n'])
            {
                if (log[at] == other) continue;
                var changed = log.ToArray();
                changed[at] = other;
                File.WriteAllBytes(_folder.First, changed);
                Assert.True(Verified.Run(_folder.Path).ExitCode == 1, $"byte {at} as {other:x2} was not found");
            }
    }

    [Fact]
    public void Any_byte_that_is_removed_before_the_last_line_is_found()
    {
        _folder.Fill(3);
        var log = File.ReadAllBytes(_folder.First);
        var last = _folder.Lines[^1].Length + 1;
        // Within the last record, the end of a line without a line feed is what a running server leaves for a moment.
        for (var at = 0; at < log.Length - last; at++)
        {
            File.WriteAllBytes(_folder.First, [.. log[..at], .. log[(at + 1)..]]);
            Assert.True(Verified.Run(_folder.Path).ExitCode == 1, $"byte {at} was not missed");
        }
    }

    [Theory]
    [InlineData("1,3", "2: missing: record 2 should stand here; it was removed or moved")]
    [InlineData("1,4", "2: missing: records 2 to 3 should stand here; they were removed or moved")]
    [InlineData("1,3,2,4", "2: missing: record 2 should stand here; it was removed or moved")]
    [InlineData("1,2,2,3,4", "3: reordered: record 3 should stand here")]
    [InlineData("2,1,3,4", "2: reordered: record 3 should stand here")]
    [InlineData("1,,2", "2: changed: the line is no audit record")]
    public void Lines_that_are_removed_moved_repeated_or_put_in_are_found_where_it_happened(string order, string problem)
    {
        _folder.Fill(4);
        var lines = _folder.Lines;
        File.WriteAllLines(_folder.First, order.Split(',').Select(number => number.Length > 0 ? lines[number[0] - '1'] : ""));

        var (exitCode, output, error) = Verified.Run(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.StartsWith($"actorserver: {_folder.First}:{problem}. ", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_was_written_anew_with_a_right_hash_is_found_at_the_next()
    {
        _folder.Fill(4);
        var lines = _folder.Lines;
        using var forged = new AuditFolder();
        using (var log = forged.Open()) log.Append([AuditFolder.Body(1), AuditFolder.Body(7)]);
        lines[1] = forged.Lines[1];
        File.WriteAllLines(_folder.First, lines);

        Assert.Contains(":3: replaced: record 2 is not the one that", Verified.Run(_folder.Path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_older_file_that_was_changed_cut_or_removed_is_found()
    {
        using (var log = _folder.Open(AuditFolder.Usual with { FileSize = 750 }))
            for (var i = 1; i <= 12; i++) log.Append([AuditFolder.Body(i)]);
        var second = File.ReadAllText(_folder.File(2));

        File.WriteAllText(_folder.File(2), second.Replace("alice", "alicf", StringComparison.Ordinal));
        Assert.Contains("000002.jsonl:1: changed: the hash does not fit", Verified.Run(_folder.Path).Error, StringComparison.Ordinal);
        File.WriteAllText(_folder.File(2), second[..^10]);
        Assert.Contains("000002.jsonl:3: truncated: the file ends within a line", Verified.Run(_folder.Path).Error, StringComparison.Ordinal);
        File.Delete(_folder.File(2));
        Assert.Contains("000003.jsonl:1: missing: records 4 to 6 should", Verified.Run(_folder.Path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_whose_oldest_files_are_gone_begins_where_it_does_and_says_so()
    {
        using (var log = _folder.Open(AuditFolder.Usual with { FileSize = 750 }))
            for (var i = 1; i <= 6; i++) log.Append([AuditFolder.Body(i)]);
        File.Delete(_folder.First);

        Assert.Contains("record 4; those before it are gone, with their files", Verified.Run(_folder.Path).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_a_record_noted_down_shows_that_the_end_was_cut_off()
    {
        _folder.Fill(3);
        var lines = _folder.Lines;
        var noted = new ChainHead(3, lines[2][^66..^2]);
        Assert.Contains("  found  3:", Verified.Run(_folder.Path, noted).Out, StringComparison.Ordinal);
        File.WriteAllLines(_folder.First, lines[..2]);

        Assert.Equal(0, Verified.Run(_folder.Path).ExitCode);
        var (exitCode, _, error) = Verified.Run(_folder.Path, noted);

        Assert.Equal(1, exitCode);
        Assert.Contains("truncated: the log ends with record 2, and 3 was noted down", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_written_anew_is_found_by_a_record_noted_down()
    {
        _folder.Fill(3);

        var (_, _, error) = Verified.Run(_folder.Path, new ChainHead(2, new string('a', 64)));

        Assert.Contains(":2: replaced: the record that was noted down had the hash aaaa", error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_noted_down_of_a_file_that_is_gone_cannot_be_checked()
    {
        _folder.Fill(3);
        File.WriteAllLines(_folder.First, _folder.Lines[1..]);

        Assert.Contains(
            "record 1 cannot be checked: the log begins with 2",
            Verified.Run(_folder.Path, new ChainHead(1, new string('a', 64))).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(1)]
    public void A_line_that_is_being_written_is_no_fault_and_is_told(int missing)
    {
        _folder.Fill(3);
        var log = File.ReadAllBytes(_folder.First);
        File.WriteAllBytes(_folder.First, log[..^missing]);

        var (exitCode, output, _) = Verified.Run(_folder.Path);

        Assert.Equal(0, exitCode);
        Assert.Contains("  then   ", output, StringComparison.Ordinal);
        Assert.StartsWith("2 records ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_longer_than_any_is_found_in_bounded_memory()
    {
        _folder.Fill(1);
        File.AppendAllText(_folder.First, new string('x', 3 * AuditSettings.LargestLine) + "\n");

        Assert.Contains(":2: changed: the line is longer than any record", Verified.Run(_folder.Path).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_works_while_the_log_is_open_for_writing()
    {
        using var log = _folder.Open();
        log.Append([AuditFolder.Body(1)]);

        Verified.Whole(_folder, 1);
    }

    [Fact]
    public async Task The_command_line_takes_files_and_a_record_noted_down()
    {
        _folder.Fill(2);
        var noted = $"2:{_folder.Lines[1][^66..^2].ToUpperInvariant()}";
        using var console = new RecordedConsole();

        Assert.Equal(0, await ServerCommandLine.RunAsync(["audit", "verify", _folder.First, "--expect", noted], console.Console));

        Assert.Contains("2 records in 1 file", console.Out, StringComparison.Ordinal);
        Assert.Contains("  found  2:", console.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2")]
    [InlineData("2:abc")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000g")]
    public async Task A_record_noted_down_wrongly_is_wrong_usage(string noted)
    {
        using var console = new RecordedConsole();

        Assert.Equal(2, await ServerCommandLine.RunAsync(["audit", "verify", "--expect", noted], console.Console));

        Assert.Contains("--expect takes SEQ:HASH", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_without_a_log_is_said()
    {
        using var console = new RecordedConsole();

        Assert.Equal(1, await ServerCommandLine.RunAsync(["audit", "verify", "--data", _folder.Path], console.Console));

        Assert.Contains($"there is no audit log in {Path.Combine(_folder.Path, "audit")}", console.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_said()
    {
        using var console = new RecordedConsole();

        Assert.Equal(1, new VerifyCommand(console.Console, []).Run([_folder.File(9)]));

        Assert.Contains("audit-000009.jsonl cannot be read: ", console.Error, StringComparison.Ordinal);
    }
}
