using System.Text;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Server.Storage;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>
/// Secrets, each of them one of a kind, pass through a node that logs and records all it can: afterwards they are where they belong and
/// nowhere else.
/// </summary>
public sealed class CanaryTests : IDisposable
{
    private const string Password = "CANARY-password-7f3a";
    private const string NewPassword = "CANARY-new-password-7f3a";
    private const string Input = "CANARY-stdin-91bc";
    private const string FileContent = "CANARY-file-content-c0de";
    private const string Chat = "CANARY-chat-text-55aa";

    private readonly TemporaryFolder _folder = new();
    private readonly StringBuilder _console = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Secrets_are_in_no_log_no_audit_no_store_no_console_and_no_process_list()
    {
        await ServerAsync(Password, "user", "add", "canary", "--role", "admin", "--password-stdin");
        var profile = (await ServerAsync(null, "key", "add", "canary", "--label", "test")).Output;
        using var node = ProgramRun.Server(_folder.Path, NodeProgram.Arguments(
            _folder, "--set", "actornet.logging.file-level=debug", "--set", "actornet.logging.console-level=debug",
            "--set", "actornet.accounts.poll-interval=10ms"));
        var port = await NodeProgram.ListensAsync(node);
        var said = node.Output.ReadAllAsync();
        var server = $"127.0.0.1:{port}";
        await WritePrivateAsync("password", Password + "\n");
        await WritePrivateAsync("key.json", profile);
        await File.WriteAllTextAsync(_folder["local"], FileContent);

        await ClientAsync(null, "login", "--server", server, "--account", "canary", "--password-file", _folder["password"]);
        var kept = await File.ReadAllTextAsync(Path.Combine(_folder["config/actornet/profiles"], $"127.0.0.1_{port}.login.json"));
        await ClientAsync(null, "put", "local", "remote");
        Assert.Equal(FileContent, (await ClientAsync(null, "get", "remote", "-")).Output);
        Assert.Equal(Input, (await ClientAsync(Input, "exec", "--", "cat")).Output);
        await ClientAsync(null, "whoami");
        await ClientAsync(null, "--profile", _folder["key.json"], "--server", server, "whoami");
        string seen;
        using (var chat = ProgramRun.Client(_folder.Path, "chat", "lobby"))
        using (var cat = ProgramRun.Client(_folder.Path, "exec", "--", "cat"))
        {
            await chat.Input.WriteAsync(Encoding.UTF8.GetBytes(Chat + "\n")).InTime();
            await cat.Input.WriteAsync(Encoding.UTF8.GetBytes(Input + "\n")).InTime();
            Assert.Equal(Input, await cat.Output.ReadLineAsync());
            string line;
            do line = await chat.Output.ReadLineAsync();
            while (!line.Contains(Chat, StringComparison.Ordinal));
            seen = CommandLines();
            Assert.Equal(0, (await cat.FinishAsync()).ExitCode);
            Assert.Equal(0, (await chat.FinishAsync()).ExitCode);
        }

        await ExpectRefusedAsync(server, "CANARY-wrong-password-7f3a");
        await ServerAsync(NewPassword, "user", "passwd", "canary", "--password-stdin");
        node.Signal(ProgramRun.SigTerm);
        var stopped = await node.EndAsync();
        _console.Append(Encoding.UTF8.GetString(await said)).Append(stopped.Error);

        var clientKey = System.Text.Json.JsonDocument.Parse(kept).RootElement.GetProperty("scram").GetProperty("client_key")
            .GetBytesFromBase64();
        var key = ProfileKey(profile);
        Assert.Contains("exec --", seen, StringComparison.Ordinal);
        ExpectNone("the process list", Encoding.UTF8.GetBytes(seen), key, clientKey);
        ExpectNone("the console", Encoding.UTF8.GetBytes(_console.ToString()), key, clientKey);
        var files = Directory.GetFiles(_folder["data"], "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 });
        Assert.Contains(files, file => file.EndsWith(".log", StringComparison.Ordinal) && new FileInfo(file).Length > 1000);
        Assert.Contains(files, file => Path.GetFileName(Path.GetDirectoryName(file)) == "audit" && new FileInfo(file).Length > 1000);
        foreach (var file in files)
        {
            var isStore = Path.GetFileName(file).StartsWith("actornet.db", StringComparison.Ordinal);
            if (file == _folder["data/files/remote"]) Assert.Equal(FileContent, await File.ReadAllTextAsync(file));
            // The store has to have machine keys: both sides of their login know them.
            else ExpectNone(file, await File.ReadAllBytesAsync(file), isStore ? [] : key, clientKey);
        }
    }

    private static void ExpectNone(string where, byte[] bytes, params byte[][] keys)
    {
        foreach (var canary in new[] { "CANARY" }.Concat(keys.Where(key => key.Length > 0).SelectMany(FormsOf)))
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(canary)) < 0, $"{canary} is in {where}");
        foreach (var key in keys.Where(key => key.Length > 0))
            Assert.True(bytes.AsSpan().IndexOf(key) < 0, $"a key is in {where}");
    }

    private static IEnumerable<string> FormsOf(byte[] key) =>
        [Convert.ToBase64String(key), Convert.ToHexString(key), Convert.ToHexStringLower(key)];

    private static string CommandLines() => string.Join('\n', Directory.EnumerateDirectories("/proc").Select(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "cmdline")).Replace('\0', ' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // No process, or gone.
            return "";
        }
    }));

    private static byte[] ProfileKey(string profile) =>
        System.Text.Json.JsonDocument.Parse(profile).RootElement.GetProperty("key").GetBytesFromBase64();

    private async Task WritePrivateAsync(string name, string content)
    {
        await using var file = PrivatePath.OpenFile(_folder[name], FileMode.CreateNew, FileAccess.Write);
        await file.WriteAsync(Encoding.UTF8.GetBytes(content));
    }

    private async Task<ProgramRun.Finished> ServerAsync(string? input, params string[] command)
    {
        using var run = ProgramRun.Server(_folder.Path, [.. command, "--data", _folder["data"]]);
        var finished = await run.FinishAsync(input is null ? null : Encoding.UTF8.GetBytes(input + "\n"));
        Assert.True(finished.ExitCode == 0, finished.Error);
        _console.Append(finished.Error).Append(command[0] == "key" ? "" : finished.Output);
        return finished;
    }

    // What a client prints may be what was asked for; what it complains of never is.
    private async Task<ProgramRun.Finished> ClientAsync(string? input, params string[] command)
    {
        using var run = ProgramRun.Client(_folder.Path, command);
        var finished = await run.FinishAsync(input is null ? null : Encoding.UTF8.GetBytes(input));
        Assert.True(finished.ExitCode == 0, finished.Error);
        _console.Append(finished.Error).Append(command[0] is "login" or "whoami" ? finished.Output : "");
        return finished;
    }

    private async Task ExpectRefusedAsync(string server, string password)
    {
        await WritePrivateAsync("wrong", password);
        using var run = ProgramRun.Client(
            _folder.Path, "login", "--server", server, "--account", "canary", "--password-file", _folder["wrong"]);
        var finished = await run.FinishAsync();
        Assert.Equal(4, finished.ExitCode);
        _console.Append(finished.Error).Append(finished.Output);
    }
}
