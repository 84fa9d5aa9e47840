using ActorNet.Server.Audit;
using ActorNet.Server.Hosting;
using ActorNet.Server.Tests.Hosting;

namespace ActorNet.Server.Tests.Audit;

public sealed class QueryCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly AuditFolder _data = new();

    public QueryCommandTests()
    {
        Directory.CreateDirectory(Log);
        using var log = AuditLog.Open(Log, AuditFolder.Usual with { FileSize = 500 }, AuditLog.WritePlainly);
        log.Append([Body(0, new AuditEvent("login", AuditEvent.Ok) { Account = "alice", Remote = "192.0.2.7:50123", Connection = "0a1b2c3d/native/conn-1" })]);
        log.Append([Body(1, new AuditEvent("exec.run", AuditEvent.Ok)
        {
            Account = "alice", Subject = "/bin/echo", Connection = "0a1b2c3d/native/conn-1", Details = [new("job", "4")],
        })]);
        log.Append([Body(2, new AuditEvent("exec.shell", "forbidden") { Account = "bob", Subject = "\u001b[2Jrm" })]);
        log.Append([Body(3, new AuditEvent("file.read", "not-found") { Account = "alice", Subject = "/pub/a" })]);
    }

    private string Log => Path.Combine(_data.Path, "audit");

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task All_records_are_a_table_in_which_nothing_does_harm()
    {
        var (exitCode, output, _) = await RunAsync();

        Assert.Equal(0, exitCode);
        Assert.Equal(
            [
                "TIME (UTC)               ACCOUNT       ACT             SUBJECT                       OUTCOME          REMOTE",
                "2026-01-02 12:00:00.000  alice         login           -                             ok               192.0.2.7:50123        connection=0a1b2c3d/native/conn-1",
                "2026-01-02 12:01:00.000  alice         exec.run        /bin/echo                     ok               -                      job=4 connection=0a1b2c3d/native/conn-1",
                @"2026-01-02 12:02:00.000  bob           exec.shell      \u001b[2Jrm                   forbidden        -",
                "2026-01-02 12:03:00.000  alice         file.read       /pub/a                        not-found        -",
            ],
            output.TrimEnd().Split(Environment.NewLine));
    }

    [Theory]
    [InlineData("login exec.run exec.shell file.read")]
    [InlineData("login exec.run file.read", "--account", "alice")]
    [InlineData("exec.run exec.shell", "--act", "exec.*")]
    [InlineData("exec.shell file.read", "--failed")]
    [InlineData("exec.shell", "--outcome", "forbidden")]
    [InlineData("login exec.run", "--connection", "0a1b2c3d/native/conn-1")]
    [InlineData("file.read", "--subject", "/pub/*")]
    [InlineData("exec.shell file.read", "--since", "2026-01-02T12:02")]
    [InlineData("login exec.run", "--until", "2026-01-02T13:02+01:00")]
    [InlineData("exec.shell file.read", "--limit", "2")]
    [InlineData("", "--account", "ALICE")]
    public async Task A_query_takes_what_fits_all_it_asks_for(string acts, params string[] args)
    {
        var (exitCode, output, _) = await RunAsync([.. args, "--json"]);

        Assert.Equal(0, exitCode);
        var lines = output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(acts, string.Join(' ', lines.Select(line => line.Split("\"act\":\"")[1].Split('"')[0])));
    }

    [Fact]
    public async Task Records_as_they_stand_are_the_lines_of_the_log()
    {
        var (_, output, _) = await RunAsync("--json");

        Assert.Equal(AuditFile.In(Log).SelectMany(file => File.ReadAllLines(file.Path)), output.TrimEnd().Split(Environment.NewLine));
    }

    [Fact]
    public async Task Lines_that_are_no_records_are_counted_and_passed_over()
    {
        File.AppendAllText(AuditFile.In(Log)[0].Path, "rubbish\n{\"act\":\"\\ud800\",\"outcome\":\"ok\"}\n[]\n");

        var (exitCode, output, error) = await RunAsync("--act", "file.read");

        Assert.Equal(1, exitCode);
        Assert.Contains("/pub/a", output, StringComparison.Ordinal);
        Assert.Contains("3 lines are no records; see actorserver audit verify", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_escape_that_somebody_put_into_the_log_is_not_obeyed()
    {
        var file = AuditFile.In(Log)[0].Path;
        File.WriteAllText(file, File.ReadAllText(file).Replace("alice", "al\u202e\u0085ice", StringComparison.Ordinal));

        var (_, output, _) = await RunAsync("--json");

        Assert.Contains(@"al\u202e\u0085ice", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--since", "yesterday")]
    [InlineData("--since", "3")]
    [InlineData("--until", "99999999999d")]
    [InlineData("--limit", "0")]
    [InlineData("--limit", "100001")]
    [InlineData("--limit", "x")]
    public async Task Wrong_values_are_wrong_usage(params string[] args)
    {
        Assert.Equal(2, (await RunAsync(args)).ExitCode);
    }

    [Fact]
    public async Task A_log_that_is_not_there_is_said()
    {
        Directory.Delete(Log, recursive: true);

        var (exitCode, output, error) = await RunAsync();

        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains($"there is no audit log in {Log}; name the data directory with --data DIR", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2h", "2026-01-02T10:00:00Z")]
    [InlineData("3d", "2025-12-30T12:00:00Z")]
    [InlineData("2026-01-01", "2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T08:00:00.5", "2026-01-01T08:00:00.5Z")]
    [InlineData("2026-01-01T08:00:00+02:00", "2026-01-01T06:00:00Z")]
    public void A_time_is_a_point_or_so_long_ago(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), QueryTime.Parse(text, Noon));

    private async Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] args)
    {
        using var console = new RecordedConsole();
        var exitCode = await ServerCommandLine.RunAsync(["audit", "query", "--data", _data.Path, .. args], console.Console);
        return (exitCode, console.Out, console.Error);
    }

    private static ReadOnlyMemory<byte> Body(int minute, AuditEvent happened) =>
        AuditFormat.Body(happened, Noon.AddMinutes(minute), "0a1b2c3d", AuditFolder.Usual);
}
