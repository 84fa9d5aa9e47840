using System.Text;
using ActorNet.Protocol;
using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Tests.Exec;

/// <summary>What a child is given, and what is refused before there is one.</summary>
[Collection(ProcessRun.Collection)]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ProcessLauncherTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly string _directory = Directory.CreateTempSubdirectory("actornet-exec-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task A_child_has_the_environment_it_was_given_and_nothing_of_the_node()
    {
        Environment.SetEnvironmentVariable("LD_ACTORNET_TEST", "x");
        Environment.SetEnvironmentVariable("DOTNET_ACTORNET_TEST", "x");

        var finished = await ProcessRun.RunAsync("env").WaitAsync(Patience);

        var lines = finished.Stdout.TrimEnd().Split('\n').Order(StringComparer.Ordinal);
        Assert.Equal(ProcessRun.Environment.Select(v => $"{v.Key}={v.Value}"), lines);
    }

    [Fact]
    public async Task A_child_has_stdin_stdout_and_stderr_and_no_other_descriptor()
    {
        // A descriptor that exec would hand on: somebody forgot O_CLOEXEC.
        var leaked = Libc.Control(0, 0, 200);
        Assert.True(leaked >= 200);

        var finished = await ProcessRun.RunShellAsync("ls /proc/$$/fd").WaitAsync(Patience);

        _ = Libc.Close(leaked);
        Assert.Equal("0\n1\n2\n", finished.Stdout);
    }

    [Fact]
    public async Task A_child_ignores_and_blocks_no_signal()
    {
        var finished = await ProcessRun.RunAsync("grep", "-E", "^Sig(Blk|Ign)", "/proc/self/status").WaitAsync(Patience);

        Assert.Equal("SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n", finished.Stdout);
    }

    [Fact]
    public async Task A_child_runs_in_the_directory_asked_for()
    {
        using var process = Assert.IsType<Launched>(ProcessRun.TryStartIn(_directory, "pwd", "-P")).Process;

        var finished = await ProcessRun.FinishAsync(process).WaitAsync(Patience);

        Assert.Equal(_directory + "\n", finished.Stdout);
    }

    [Fact]
    public void A_program_that_is_not_on_the_path_is_not_found_and_the_path_is_named()
    {
        var refusal = Assert.IsType<LaunchRefused>(ProcessRun.TryStart("no-such-program-here"));

        Assert.Equal(ErrorCode.NotFound, refusal.Code);
        Assert.Contains("'no-such-program-here'", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("/usr/local/bin:/usr/bin:/bin", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_named_by_a_path_that_is_not_there_is_not_found() =>
        Assert.Equal(ErrorCode.NotFound, RefusalOf(ProcessRun.TryStart("/no/such/program")));

    [Fact]
    public void A_directory_that_is_not_there_is_not_found()
    {
        var refusal = Assert.IsType<LaunchRefused>(ProcessRun.TryStartIn("/no/such/directory", "true"));

        Assert.Equal(ErrorCode.NotFound, refusal.Code);
        Assert.Contains("/no/such/directory", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_the_right_to_execute_is_forbidden() =>
        Assert.Equal(ErrorCode.Forbidden, RefusalOf(ProcessRun.TryStart(Write("plain", "#!/bin/sh\n"))));

    [Fact]
    public void A_directory_is_no_program() =>
        Assert.Equal(ErrorCode.Forbidden, RefusalOf(ProcessRun.TryStart("/usr")));

    [Fact]
    public void A_file_in_no_known_format_is_forbidden_and_not_given_to_a_shell() =>
        Assert.Equal(ErrorCode.Forbidden, RefusalOf(ProcessRun.TryStart(WriteExecutable("odd", "echo run by a shell\n"))));

    [Fact]
    public void A_script_whose_interpreter_is_not_there_is_not_found() =>
        Assert.Equal(ErrorCode.NotFound, RefusalOf(ProcessRun.TryStart(WriteExecutable("script", "#!/no/such/interpreter\n"))));

    [Fact]
    public async Task A_relative_program_starts_in_the_directory_of_the_command()
    {
        WriteExecutable("script", "#!/bin/sh\necho here\n");
        using var process = Assert.IsType<Launched>(ProcessRun.TryStartIn(_directory, "./script")).Process;

        Assert.Equal("here\n", (await ProcessRun.FinishAsync(process).WaitAsync(Patience)).Stdout);
    }

    [Fact]
    public void Relative_entries_of_the_path_are_passed_over()
    {
        WriteExecutable("script", "#!/bin/sh\n");

        Assert.Null(ProgramLookup.Find("script", ":.:bin", _directory, out var refusal));
        Assert.Equal(ErrorCode.NotFound, refusal!.Code);
        Assert.Equal(Path.Combine(_directory, "script"), ProgramLookup.Find("script", $":.:{_directory}", "/", out _));
    }

    [Fact]
    public void More_than_the_kernel_takes_is_invalid() =>
        Assert.Equal(ErrorCode.Invalid, RefusalOf(ProcessRun.TryStart("true", new string('x', 200_000))));

    [Fact]
    public async Task Arguments_in_any_script_arrive_as_utf8()
    {
        var finished = await ProcessRun.RunAsync("printf", "%s", "grüße 你好 🎉").WaitAsync(Patience);

        Assert.Equal("grüße 你好 🎉", finished.Stdout);
    }

    [Fact]
    public async Task Descriptors_of_the_node_do_not_grow_with_commands_that_ended()
    {
        await ProcessRun.RunAsync("true").WaitAsync(Patience);
        var before = PipesOpen();

        for (var i = 0; i < 50; i++)
        {
            await ProcessRun.RunAsync("true").WaitAsync(Patience);
            ProcessRun.TryStart("no-such-program-here");
            ProcessRun.TryStart(WriteExecutable("odd", "?"));
        }

        // One leak in each round would be 150 and more. Tests before this one may still be closing theirs.
        Assert.InRange(PipesOpen(), 0, before + 10);
    }

    private static int PipesOpen() =>
        Directory.EnumerateFiles("/proc/self/fd")
            .Count(fd => new FileInfo(fd).LinkTarget?.StartsWith("pipe:", StringComparison.Ordinal) == true);

    private static ErrorCode RefusalOf(LaunchOutcome outcome) => Assert.IsType<LaunchRefused>(outcome).Code;

    private string Write(string name, string text)
    {
        var path = Path.Combine(_directory, name);
        File.WriteAllText(path, text, new UTF8Encoding(false));
        return path;
    }

    private string WriteExecutable(string name, string text)
    {
        var path = Write(name, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
