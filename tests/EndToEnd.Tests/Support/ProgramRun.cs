using System.Diagnostics;
using System.Runtime.InteropServices;
using ActorNet.Client;
using ActorNet.Server.Hosting;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>One of the two programs as a process of its own: arguments, streams, signals, exit code.</summary>
internal sealed partial class ProgramRun : IDisposable
{
    public const int SigInt = 2;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private readonly Process _process;
    private readonly Task<byte[]> _error;

    private ProgramRun(Process process)
    {
        _process = process;
        _error = process.StandardError.BaseStream.ReadAllAsync();
    }

    public Stream Input => _process.StandardInput.BaseStream;

    public Stream Output => _process.StandardOutput.BaseStream;

    /// <summary>The client.</summary>
    public static ProgramRun Client(string folder, params string[] arguments) =>
        Start("dotnet", folder, [typeof(ActorNetClient).Assembly.Location, .. arguments]);

    /// <summary>The server.</summary>
    public static ProgramRun Server(string folder, params string[] arguments) =>
        Start("dotnet", folder, [typeof(RunningServer).Assembly.Location, .. arguments]);

    /// <summary>Any program, in a folder that stands for the user's home.</summary>
    public static ProgramRun Start(string program, string folder, params string[] arguments)
    {
        // env: a signal that this process was told to ignore, as one in the background is, is not ignored by the next.
        var start = new ProcessStartInfo("env", ["--default-signal=INT", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
            Environment = { ["XDG_CONFIG_HOME"] = Path.Combine(folder, "config"), ["HOME"] = folder },
        };
        return new ProgramRun(Process.Start(start)!);
    }

    public void Signal(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    /// <summary>Ends its input, and waits for its end and all its output.</summary>
    public async Task<Finished> FinishAsync(byte[]? input = null)
    {
        var output = Output.ReadAllAsync();
        if (input is not null) await Input.WriteAsync(input).InTime();
        Input.Close();
        return await EndAsync(output);
    }

    /// <summary>Waits for its end and all its output, with its input left open.</summary>
    public Task<Finished> EndAsync() => EndAsync(Output.ReadAllAsync());

    public void Dispose()
    {
        // Until it is gone it may write into the folder that is removed next.
        if (!_process.HasExited) _process.Kill();
        _process.WaitForExit(Deadline.Time);
        _process.Dispose();
    }

    private async Task<Finished> EndAsync(Task<byte[]> output)
    {
        var finished = new Finished(await output, await _error);
        await _process.WaitForExitAsync().InTime();
        return finished with { ExitCode = _process.ExitCode };
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);

    internal sealed record Finished(byte[] OutputBytes, byte[] ErrorBytes, int ExitCode = -1)
    {
        public string Output => System.Text.Encoding.UTF8.GetString(OutputBytes);

        public string Error => System.Text.Encoding.UTF8.GetString(ErrorBytes);
    }
}
