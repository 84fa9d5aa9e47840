using System.Diagnostics;
using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// A child of the node, leader of its own session and process group. Its pipes are read and written through the
/// runtime's socket engine: a pipe that has nothing costs no thread.
///
/// While the ended leader is not reaped yet, its number cannot be given to another process. That moment is used to kill
/// the rest of the group; afterwards no signal is sent any more, since the number may be somebody else's.
///
/// What is guaranteed: whatever stayed in the group, however deep, is killed, whether it forks meanwhile or ignores
/// signals. What made a session or group of its own (setsid, a daemon's double fork with it) has left and lives on.
/// Jobs also outlive a node that is killed with KILL.
/// </summary>
internal sealed unsafe class JobProcess : IJobProcess
{
    private readonly Lock _reaping = new();
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly TaskCompletionSource<ProcessExit> _exited =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly AnonymousPipeClientStream _input;
    private readonly AnonymousPipeClientStream _output;
    private readonly AnonymousPipeClientStream _errors;
    private bool _reaped;

    /// <summary>Takes over the process and the node's ends of its pipes.</summary>
    public JobProcess(int pid, SafePipe input, SafePipe output, SafePipe errors)
    {
        Pid = pid;
        _input = input.OpenWriter();
        _output = output.OpenReader();
        _errors = errors.OpenReader();
        ChildExits.Watch(pid, TryReap);
    }

    public int Pid { get; }

    public Task<ProcessExit> Exited => _exited.Task;

    public ValueTask<int> ReadAsync(OutputStream stream, Memory<byte> buffer) =>
        (stream == OutputStream.Stdout ? _output : _errors).ReadAsync(buffer);

    public ValueTask WriteInputAsync(ReadOnlyMemory<byte> bytes) => _input.WriteAsync(bytes);

    public void CloseInput() => _input.Dispose();

    public bool Signal(int signal)
    {
        lock (_reaping) return !_reaped && Libc.Kill(-Pid, signal) == 0;
    }

    /// <summary>Closes the pipes. The process itself is not touched.</summary>
    public void Dispose()
    {
        _input.Dispose();
        _output.Dispose();
        _errors.Dispose();
    }

    private bool TryReap()
    {
        lock (_reaping)
        {
            if (_reaped) return true;
            Libc.ChildInfo info = default;
            var result = Wait(&info, Libc.WaitExited | Libc.WaitNoHang | Libc.WaitKeep);
            if (result == 0 && info.Pid == 0) return false;
            if (result == 0)
            {
                _ = Libc.Kill(-Pid, UnixSignal.Kill);
                Wait(&info, Libc.WaitExited);
            }

            _reaped = true;
            _exited.SetResult(ToExit(result, info));
            return true;
        }
    }

    private int Wait(Libc.ChildInfo* info, int options)
    {
        int result;
        do result = Libc.WaitId(Libc.WaitForPid, Pid, info, options);
        while (result != 0 && Marshal.GetLastPInvokeError() == Libc.ErrorInterrupted);
        return result;
    }

    // Nobody else reaps our children, unless the node was started with SIGCHLD ignored: then how it ended is not known.
    private ProcessExit ToExit(int result, in Libc.ChildInfo info)
    {
        var duration = Stopwatch.GetElapsedTime(_started);
        if (result != 0) return new ProcessExit(null, null, duration);
        return info.Code == Libc.CodeExited
            ? new ProcessExit(info.Status, null, duration)
            : new ProcessExit(null, info.Status, duration);
    }
}
