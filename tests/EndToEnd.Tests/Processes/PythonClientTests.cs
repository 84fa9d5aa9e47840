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

        var example = Path.Combine(AppContext.BaseDirectory, "echo_client.py");
        using var run = ProgramRun.Start("python3", folder.Path, example, server.WriteProfile());
        var finished = await run.FinishAsync(bytes);

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.True(bytes.AsSpan().SequenceEqual(finished.OutputBytes));
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));
}
