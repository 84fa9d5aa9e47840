using System.Text;
using System.Text.Json;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Server.Administration;

namespace ActorNet.EndToEnd.Tests.Processes;

/// <summary>The clients of the specification's examples, written from the specification alone.</summary>
public sealed class PythonClientTests
{
    [Fact]
    public async Task A_client_written_from_the_specification_gets_its_bytes_back()
    {
        if (!IsInstalled("python3")) return;
        using var folder = new TemporaryFolder();
        await using var server = await ServerFixture.StartAsync();
        var bytes = Content.Of(3 * Content.MiB, seed: 1);

        using var run = Run("echo_client.py", folder, server.WriteProfile());
        var finished = await run.FinishAsync(bytes);

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.True(bytes.AsSpan().SequenceEqual(finished.OutputBytes));
    }

    [Fact]
    public async Task A_client_written_from_the_specification_logs_in_by_password_bound_to_the_certificate()
    {
        if (!IsInstalled("python3")) return;
        using var folder = new TemporaryFolder();
        await using var server = await ServerFixture.StartAsync();

        using var run = Run("scram_login.py", folder, server.TlsEndpoint.ToString(), FirstRun.Admin, server.Fingerprint.ToString());
        var finished = await run.FinishAsync(Encoding.UTF8.GetBytes(server.Password + "\n"));

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        var who = JsonDocument.Parse(finished.Output).RootElement;
        Assert.Equal("admin", who.GetProperty("account").GetString());
        Assert.Equal("SCRAM-SHA-256-PLUS", who.GetProperty("mechanism").GetString());
    }

    [Fact]
    public async Task It_says_nothing_to_a_server_with_another_certificate()
    {
        if (!IsInstalled("python3")) return;
        using var folder = new TemporaryFolder();
        await using var server = await ServerFixture.StartAsync();

        using var run = Run(
            "scram_login.py", folder, server.TlsEndpoint.ToString(), FirstRun.Admin, "SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        var finished = await run.FinishAsync(Encoding.UTF8.GetBytes(server.Password + "\n"));

        Assert.Equal((1, $"another certificate than the one asked for: {server.Fingerprint}\n"), (finished.ExitCode, finished.Error));
    }

    private static ProgramRun Run(string example, TemporaryFolder folder, params string[] arguments) =>
        ProgramRun.Start("python3", folder.Path, [Path.Combine(AppContext.BaseDirectory, example), .. arguments]);

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
