using System.Text.Json;
using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Exec;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>What the audit log holds of a session, and that it survives the death of the node.</summary>
public sealed class AuditTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_session_is_linked_from_login_to_logout_by_one_connection()
    {
        await using var server = await ServerFixture.StartAsync([new TestAccount("ann", "correct horse battery", "member", "runner")],
            "actornet.access.roles.runner.allow=[\"exec.run:echo\"]", "actornet.access.roles.runner.deny=[]");
        string connection;
        await using (var client = await server.ConnectAsync("ann", "correct horse battery"))
        {
            connection = (await client.WhoAmIAsync().InTime()).Connection;
            await using var command = await client.ExecAsync(new ExecRequest(["echo", "hello"])).InTime();
            await command.Completion.InTime();
            using var file = new MemoryStream("content"u8.ToArray());
            await client.PutFileAsync(file, file.Length, "report").InTime();
            await client.GetFileAsync("report", Stream.Null).InTime();
            await Assert.ThrowsAnyAsync<ActorNetException>(() => client.ExecAsync(new ExecRequest(["id"]))).InTime();
        }

        // What was told to the audit before its end is in it.
        Assert.Empty(await server.LeftAsync());
        await server.StopAsync();

        var records = Records(await server.CommandAsync("audit", "query", "--connection", connection, "--json"));
        Assert.Equal("login", records[0].GetProperty("act").GetString());
        Assert.Equal("logout", records[^1].GetProperty("act").GetString());
        Assert.All(records, record => Assert.Equal("ann", record.GetProperty("account").GetString()));
        Assert.Contains(records, record => Is(record, "exec.run", "ok", "echo"));
        Assert.Contains(records, record => Is(record, "exec.run", "forbidden", "id"));
        Assert.Contains(records, record => Is(record, "file.write", "ok", "/report"));
        Assert.Contains(records, record => Is(record, "file.read", "ok", "/report"));
        Assert.StartsWith(
            $"{Records(await server.CommandAsync("audit", "query", "--json")).Count} records in 1 file, each as it was written",
            await server.CommandAsync("audit", "verify"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_login_that_fails_and_every_act_of_an_administrator_is_in_it()
    {
        await using var server = await ServerFixture.StartAsync([new TestAccount("ann", "correct horse battery", "member")]);

        await Assert.ThrowsAsync<LoginFailedException>(() => server.ConnectAsync("ann", "wrong horse battery"));
        await Assert.ThrowsAsync<LoginFailedException>(() => server.ConnectAsync("mallory", "wrong horse battery"));
        await server.CommandAsync("user", "disable", "ann");
        await server.CommandAsync("user", "delete", "ann", "--yes");
        while (!Records(await server.CommandAsync("audit", "query", "--json")).Any(record => Is(record, "user.delete", "ok", "ann")))
        {
            // The node takes it over at its next look.
        }

        var records = Records(await server.CommandAsync("audit", "query", "--json"));
        foreach (var account in new[] { "ann", "mallory" })
            Assert.Contains(records, record =>
                Is(record, "login", "unauthenticated", null) && record.GetProperty("account").GetString() == account);
        Assert.Contains(records, record => Is(record, "user.disable", "ok", "ann"));
        // Acts of before the start too, each once.
        Assert.Single(records, record => Is(record, "user.add", "ok", "ann"));
        Assert.Equal(records.Count, records.Select(record => record.GetProperty("seq").GetInt64()).Distinct().Count());
    }

    [Fact]
    public async Task A_node_that_was_killed_while_it_wrote_goes_on_with_a_log_that_is_right()
    {
        using (var first = Start())
        {
            var port = await ListensAsync(first);
            using var client = ProgramRun.Client(_folder.Path, "--server", $"127.0.0.1:{port}", "exec", "--", "echo", "hello");
            Assert.Equal((0, "hello\n"), ((await client.FinishAsync()) is var ran ? (ran.ExitCode, ran.Output) : default));
            first.Signal(ProgramRun.SigKill);
            await first.EndAsync();
        }

        // Its last write came half way.
        var newest = Directory.GetFiles(_folder["data/audit"], "*.jsonl").Order(StringComparer.Ordinal).Last();
        await File.AppendAllTextAsync(newest, "{\"seq\":99,\"time\":\"2026-01-0");
        Assert.Contains("bytes of a line", (await RunAsync("audit", "verify")).Output, StringComparison.Ordinal);

        using (var second = Start())
        {
            await ListensAsync(second);
            second.Signal(ProgramRun.SigTerm);
            Assert.Equal(0, (await second.EndAsync()).ExitCode);
        }

        var verified = await RunAsync("audit", "verify");
        Assert.Equal((0, ""), (verified.ExitCode, verified.Error));
        Assert.DoesNotContain("bytes of a line", verified.Output, StringComparison.Ordinal);
        var acts = Records((await RunAsync("audit", "query", "--json")).Output).Select(record => record.GetProperty("act").GetString()!).ToList();
        Assert.Equal(2, acts.Count(act => act == "node.start"));
        Assert.Single(acts, "audit.recovered");
        Assert.Single(acts, "exec.run");
        Assert.Equal("node.stop", acts[^1]);
    }

    private static List<JsonElement> Records(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private static bool Is(JsonElement record, string act, string outcome, string? subject) =>
        record.GetProperty("act").GetString() == act && record.GetProperty("outcome").GetString() == outcome
        && (subject is null || record.GetProperty("subject").GetString() == subject);

    private ProgramRun Start() => ProgramRun.Server(_folder.Path, NodeProgram.Arguments(_folder));

    private static Task<int> ListensAsync(ProgramRun server) => NodeProgram.ListensAsync(server);

    private async Task<ProgramRun.Finished> RunAsync(params string[] command)
    {
        using var run = ProgramRun.Server(_folder.Path, [.. command, "--data", _folder["data"]]);
        return await run.FinishAsync();
    }
}
