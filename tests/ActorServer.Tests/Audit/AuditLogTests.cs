using System.Security.Cryptography;
using ActorNet.Server.Audit;
using ActorNet.Server.Tests.Files;
using static ActorNet.Server.Tests.Audit.AuditFolder;

namespace ActorNet.Server.Tests.Audit;

public sealed class AuditLogTests : IDisposable
{
    private readonly AuditFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_are_for_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) return;
        _folder.Fill(1);

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.First));
    }

    [Fact]
    public void The_chain_goes_on_after_a_restart()
    {
        _folder.Fill(3);
        _folder.Fill(2);

        Assert.Equal(["audit-000001.jsonl"], _folder.Names);
        Verified.Whole(_folder, 5);
    }

    [Fact]
    public void A_full_file_is_followed_by_the_next_and_the_chain_goes_over_the_border()
    {
        using (var log = _folder.Open(Usual with { FileSize = 750 }))
            for (var i = 1; i <= 12; i++) log.Append([Body(i)]);

        Assert.Equal(["audit-000001.jsonl", "audit-000002.jsonl", "audit-000003.jsonl", "audit-000004.jsonl"], _folder.Names);
        Verified.Whole(_folder, 12);
        _folder.Fill(1);
        Verified.Whole(_folder, 13);
    }

    [Fact]
    public void Only_as_many_files_are_kept_as_asked_for_and_what_went_is_told()
    {
        var deleted = new List<string>();
        using (var log = _folder.Open(Usual with { FileSize = 750, FilesKept = 2 }))
            for (var i = 1; i <= 12; i++) deleted.AddRange(log.Append([Body(i)]));

        Assert.Equal(["audit-000001.jsonl", "audit-000002.jsonl"], deleted);
        Assert.Equal(["audit-000003.jsonl", "audit-000004.jsonl"], _folder.Names);
        Verified.Whole(_folder, 6);
    }

    [Fact]
    public void An_empty_newest_file_is_gone_on_with()
    {
        _folder.Fill(2);
        File.WriteAllText(_folder.File(2), "");

        _folder.Fill(1);

        Assert.Single(File.ReadAllLines(_folder.File(2)));
        Verified.Whole(_folder, 3);
    }

    [Fact]
    public void A_crash_at_any_byte_of_the_last_record_costs_that_record_only()
    {
        _folder.Fill(3);
        var log = File.ReadAllBytes(_folder.First);
        var second = Array.IndexOf(log, (byte)'\n', Array.IndexOf(log, (byte)'\n') + 1) + 1;
        for (var length = second; length < log.Length; length++)
        {
            using var crashed = new AuditFolder();
            File.WriteAllBytes(crashed.First, log[..length]);
            Verified.Is(crashed, 0);

            using (var reopened = crashed.Open())
            {
                Assert.Null(reopened.Break);
                Assert.Equal(2, reopened.Head.Seq);
                Assert.Equal(length - second, reopened.Torn?.Length ?? 0);
                if (reopened.Torn is { } torn)
                {
                    var cut = log[second..length];
                    Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(cut)), torn.Hash);
                    Assert.Equal($"audit-000001.torn-{second}", torn.MovedTo);
                    Assert.Equal(cut, File.ReadAllBytes(Path.Combine(crashed.Path, torn.MovedTo)));
                }

                reopened.Append([Body(3)]);
            }

            Verified.Whole(crashed, 3);
        }
    }

    [Theory]
    [InlineData("alice", "alicf")]
    [InlineData("\"hash\"", "\"hasg\"")]
    public void A_log_that_was_changed_stays_as_it_is_and_goes_on_in_a_new_file(string from, string to)
    {
        _folder.Fill(3);
        var lines = File.ReadAllLines(_folder.First);
        lines[1] = lines[1].Replace(from, to, StringComparison.Ordinal);
        File.WriteAllLines(_folder.First, lines);
        var changed = File.ReadAllBytes(_folder.First);

        using (var log = _folder.Open())
        {
            Assert.StartsWith("audit-000001.jsonl:2: changed: ", log.Break, StringComparison.Ordinal);
            log.Append([Body(4)]);
        }

        Assert.Equal(changed, File.ReadAllBytes(_folder.First));
        Assert.StartsWith("{\"seq\":4,", Assert.Single(File.ReadAllLines(_folder.File(2))), StringComparison.Ordinal);
        using var again = _folder.Open();
        Assert.Null(again.Break);
    }

    [Fact]
    public void A_newest_file_of_rubbish_is_kept_and_gone_on_behind()
    {
        _folder.Fill(2);
        File.WriteAllText(_folder.File(2), "rubbish\n");

        using (var log = _folder.Open())
        {
            Assert.StartsWith("audit-000002.jsonl:1: changed: ", log.Break, StringComparison.Ordinal);
            log.Append([Body(3)]);
        }

        Assert.Contains("\"seq\":3,", File.ReadAllText(_folder.File(3)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_somebody_deletes_under_a_running_node_goes_on_in_a_new_file()
    {
        using (var log = _folder.Open())
        {
            log.Append([Body(1)]);
            File.Delete(_folder.First);
            log.Append([Body(2)]);
        }

        Assert.Equal(["audit-000002.jsonl"], _folder.Names);
        Verified.Whole(_folder, 1);
    }

    [Fact]
    public void A_write_that_fails_midway_leaves_nothing_and_the_next_one_follows_what_was_there()
    {
        var fails = false;
        using (var log = _folder.Open(write: (file, bytes) =>
        {
            file.Write(fails ? bytes[..(bytes.Length / 2)] : bytes);
            if (fails) throw new IOException("no space left");
        }))
        {
            log.Append([Body(1)]);
            fails = true;
            Assert.Throws<IOException>(() => log.Append([Body(2), Body(3)]));
            Assert.Single(_folder.Lines);
            fails = false;
            log.Append([Body(4)]);
        }

        Verified.Whole(_folder, 2);
    }

    [Fact]
    public void On_a_full_disk_nothing_is_lost_that_was_written_and_all_goes_on_when_there_is_room()
    {
        using var disk = new TestFolder();
        if (!disk.TryMakeSmall()) return;
        var filler = disk.In("filler");
        var written = 0;
        using (var log = AuditLog.Open(disk.Root, Usual with { IsSynced = true }, AuditLog.WritePlainly))
        {
            log.Append([Body(++written)]);
            File.WriteAllBytes(filler, new byte[1024 * 1024 - 8192]);
            var batch = Enumerable.Range(0, 10).Select(i => Body(i)).ToArray();
            while (TryAppend(log, batch)) written += batch.Length;
            Assert.True(written > 1);
            Assert.False(TryAppend(log, batch));
            File.Delete(filler);
            log.Append(batch);
        }

        Assert.Equal(written + 10, File.ReadAllLines(new AuditFile(disk.Root, 1).Path).Length);
        Assert.Equal(0, Verified.Run(disk.Root).ExitCode);
    }

    private static bool TryAppend(AuditLog log, ReadOnlyMemory<byte>[] batch)
    {
        try
        {
            log.Append(batch);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
