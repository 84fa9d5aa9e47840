using System.Diagnostics;
using System.Globalization;
using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Tests.Exec;

/// <summary>The process layer on real programs.</summary>
[Collection(ProcessRun.Collection)]
public sealed class JobProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Output_of_a_long_sequence_arrives_whole_and_in_order()
    {
        var finished = await ProcessRun.RunAsync("seq", "1", "100000").WaitAsync(Patience);

        var expected = string.Concat(Enumerable.Range(1, 100_000).Select(i => i.ToString(CultureInfo.InvariantCulture) + "\n"));
        Assert.Equal(expected, finished.Stdout);
        Assert.Equal(0, finished.Exit.ExitCode);
        Assert.Null(finished.Exit.Signal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(255)]
    public async Task The_exit_code_is_the_programs(int code)
    {
        var finished = await ProcessRun.RunShellAsync($"exit {code}").WaitAsync(Patience);

        Assert.Equal((code, null), (finished.Exit.ExitCode, finished.Exit.Signal));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("SEGV")]
    [InlineData("KILL")]
    public async Task A_signal_that_ended_it_is_told_by_name_and_is_no_exit_code(string signal)
    {
        var finished = await ProcessRun.RunShellAsync($"kill -{signal} $$").WaitAsync(Patience);

        Assert.Null(finished.Exit.ExitCode);
        Assert.Equal(signal, UnixSignal.NameOf(finished.Exit.Signal!.Value));
    }

    [Fact]
    public async Task Stderr_comes_apart_from_stdout()
    {
        var finished = await ProcessRun.RunShellAsync("echo to-out; echo to-err >&2").WaitAsync(Patience);

        Assert.Equal(("to-out\n", "to-err\n"), (finished.Stdout, finished.Stderr));
    }

    [Fact]
    public async Task Cat_returns_stdin_and_ends_when_stdin_does()
    {
        using var process = ProcessRun.Start("cat");
        var finishing = ProcessRun.FinishAsync(process);
        var bytes = new byte[1_000_003];
        new Random(7).NextBytes(bytes);

        await process.WriteInputAsync(bytes).AsTask().WaitAsync(Patience);
        process.CloseInput();

        var finished = await finishing.WaitAsync(Patience);
        Assert.Equal(bytes, finished.StdoutBytes);
        Assert.Equal(0, finished.Exit.ExitCode);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_pass_unchanged()
    {
        var finished = await ProcessRun.RunShellAsync(@"printf '\377\376\000\200x'").WaitAsync(Patience);

        Assert.Equal([0xff, 0xfe, 0, 0x80, (byte)'x'], finished.StdoutBytes);
    }

    [Theory]
    [InlineData("; echo injected")]
    [InlineData("$(echo injected)")]
    [InlineData("`echo injected`")]
    [InlineData("*")]
    [InlineData("a\nb")]
    [InlineData("-n")]
    [InlineData("")]
    [InlineData("  two  spaces ")]
    public async Task An_argument_reaches_the_program_as_it_is(string argument)
    {
        var finished = await ProcessRun.RunAsync("printf", "%s|", "--", argument).WaitAsync(Patience);

        Assert.Equal($"--|{argument}|", finished.Stdout);
    }

    [Fact]
    public async Task Writing_to_a_program_that_has_closed_stdin_fails_and_harms_nobody()
    {
        using var process = ProcessRun.StartShell("exec <&-; echo closed; read line </dev/null; kill -STOP $$");
        Assert.Equal("closed", await ProcessRun.ReadLineAsync(process).WaitAsync(Patience));

        await Assert.ThrowsAsync<IOException>(() => process.WriteInputAsync(new byte[1]).AsTask().WaitAsync(Patience));

        process.Signal(UnixSignal.Kill);
        await process.Exited.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_signal_reaches_the_whole_group()
    {
        using var process = ProcessRun.StartShell("sh -c 'trap \"echo child; exit\" TERM; echo up; while :; do read x; done' & wait");
        Assert.Equal("up", await ProcessRun.ReadLineAsync(process).WaitAsync(Patience));

        Assert.True(process.Signal(UnixSignal.Terminate));

        var finished = await ProcessRun.FinishAsync(process).WaitAsync(Patience);
        Assert.Equal("TERM", UnixSignal.NameOf(finished.Exit.Signal!.Value));
    }

    [Fact]
    public async Task A_program_that_ignores_term_does_not_survive_kill()
    {
        using var process = ProcessRun.StartShell("trap '' TERM; echo up; while :; do sleep 100; done");
        Assert.Equal("up", await ProcessRun.ReadLineAsync(process).WaitAsync(Patience));
        Assert.True(process.Signal(UnixSignal.Terminate));
        Assert.False(process.Exited.IsCompleted);

        Assert.True(process.Signal(UnixSignal.Kill));

        var exit = await process.Exited.WaitAsync(Patience);
        Assert.Equal("KILL", UnixSignal.NameOf(exit.Signal!.Value));
    }

    [Fact]
    public async Task A_grandchild_that_holds_the_pipe_is_killed_with_its_group_and_does_not_hold_up_the_end()
    {
        using var process = ProcessRun.StartShell("sleep 1000 & sleep 1000 & echo started; exit 3");

        var finished = await ProcessRun.FinishAsync(process).WaitAsync(Patience);

        Assert.Equal(3, finished.Exit.ExitCode);
        Assert.Equal("started\n", finished.Stdout);
        // They have KILL and have let go of the pipe; the kernel may still be taking them apart.
        Assert.True(SpinWait.SpinUntil(() => ProcessRun.AliveInGroup(process.Pid).Count == 0, Patience));
    }

    [Fact]
    public async Task A_process_is_the_leader_of_its_own_session_and_group()
    {
        var finished = await ProcessRun.RunShellAsync("cut -d' ' -f1,5,6,7 /proc/$$/stat").WaitAsync(Patience);

        var fields = finished.Stdout.TrimEnd().Split(' ');
        Assert.Equal([fields[0], fields[0], fields[0], "0"], fields);
    }

    [Fact]
    public async Task No_signal_is_sent_to_a_process_that_was_reaped()
    {
        using var process = ProcessRun.Start("true");
        await process.Exited.WaitAsync(Patience);

        Assert.False(process.Signal(UnixSignal.Kill));
    }

    [Fact]
    public async Task The_duration_is_that_of_the_process()
    {
        var watch = Stopwatch.StartNew();
        using var process = ProcessRun.Start("cat");
        process.CloseInput();

        var exit = await process.Exited.WaitAsync(Patience);

        Assert.InRange(exit.Duration, TimeSpan.FromTicks(1), watch.Elapsed);
    }

    [Fact]
    public async Task Processes_of_the_runtime_and_jobs_do_not_take_each_others_ends()
    {
        for (var round = 0; round < 20; round++)
        {
            using var theirs = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exit {round}"]))!;
            using var ours = ProcessRun.StartShell($"exit {round + 100}");
            using var last = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"exit {round + 50}"]))!;

            await Task.WhenAll(theirs.WaitForExitAsync(), ours.Exited, last.WaitForExitAsync()).WaitAsync(Patience);

            Assert.Equal((round, round + 100, round + 50), (theirs.ExitCode, (await ours.Exited).ExitCode, last.ExitCode));
        }
    }

    [Fact]
    public async Task Every_one_of_many_processes_that_end_at_once_is_noticed()
    {
        var processes = Enumerable.Range(0, 60).Select(i => ProcessRun.Start("sh", "-c", $"read x; exit {i}")).ToList();

        foreach (var process in processes) process.CloseInput();

        var exits = await Task.WhenAll(processes.Select(p => p.Exited)).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 60), exits.Select(e => e.ExitCode!.Value));
        processes.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task Two_hundred_processes_that_say_nothing_cost_no_threads()
    {
        var before = ThreadPool.ThreadCount;
        var processes = Enumerable.Range(0, 200).Select(_ => ProcessRun.Start("cat")).ToList();
        var buffer = new byte[16];
        var reads = processes.SelectMany(p => new[]
        {
            p.ReadAsync(OutputStream.Stdout, buffer).AsTask(), p.ReadAsync(OutputStream.Stderr, buffer).AsTask(),
        }).ToList();
        // The pool answers at once, so no read sits on a thread of it.
        await Task.Run(() => { }).WaitAsync(Patience);
        var during = ThreadPool.ThreadCount;

        foreach (var process in processes) process.CloseInput();
        var counts = await Task.WhenAll(reads).WaitAsync(Patience);

        Assert.All(counts, count => Assert.Equal(0, count));
        Assert.InRange(during, 0, before + 50);
        await Task.WhenAll(processes.Select(p => p.Exited)).WaitAsync(Patience);
        processes.ForEach(p => p.Dispose());
    }

    [Fact]
    public async Task Disposing_ends_a_read_that_waits_for_somebody_who_left_the_group()
    {
        using var process = ProcessRun.StartShell("setsid sh -c 'echo $$; exec sleep 1000' & wait");
        var escaped = int.Parse(await ProcessRun.ReadLineAsync(process).WaitAsync(Patience), CultureInfo.InvariantCulture);
        process.Signal(UnixSignal.Kill);
        await process.Exited.WaitAsync(Patience);
        var read = process.ReadAsync(OutputStream.Stdout, new byte[1]).AsTask();
        Assert.False(read.IsCompleted);

        process.Dispose();

        await Assert.ThrowsAnyAsync<Exception>(() => read.WaitAsync(Patience));
        using var left = Process.GetProcessById(escaped);
        left.Kill();
    }
}
