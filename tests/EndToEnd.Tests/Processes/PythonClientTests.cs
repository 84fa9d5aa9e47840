using System.Runtime.CompilerServices;
using ActorNet.EndToEnd.Tests.Support;

namespace ActorNet.EndToEnd.Tests.Processes;

/// <summary>The client of the specification's examples, written from the specification alone.</summary>
public sealed class PythonClientTests
{
    [Fact]
    public async Task A_client_written_from_the_specification_gets_its_bytes_back()
    {
        if (!IsInstalled("python3")) return;
        using var folder = new TemporaryFolder();
        await using var server = await ServerFixture.StartAsync();
        var bytes = Content.Of(3 * Content.MiB, seed: 1);

        using var run = ProgramRun.Start("python3", folder.Path, Example(), server.WriteProfile());
        var finished = await run.FinishAsync(bytes);

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.True(bytes.AsSpan().SequenceEqual(finished.OutputBytes));
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));

    private static string Example([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(file, "../../../../docs/examples/echo_client.py"));
}
