using ActorNet.Protocol;

namespace ActorNet.Server.Exec.Processes;

/// <summary>
/// Starts commands as children of this process. Looks them up and spawns them where <paramref name="schedule"/> runs
/// things, because both block.
/// </summary>
/// <param name="environment">The whole environment of every command; its PATH is where programs are looked up.</param>
/// <param name="schedule">Runs an action on a thread that may block.</param>
internal sealed class ProcessLauncher(IReadOnlyDictionary<string, string> environment, Action<Action> schedule)
    : IProcessLauncher
{
    private readonly string[] _environment = [.. environment.Select(variable => $"{variable.Key}={variable.Value}")];
    private readonly string _searchPath = environment.GetValueOrDefault("PATH", "");

    public Task<LaunchOutcome> LaunchAsync(Command command)
    {
        var outcome = new TaskCompletionSource<LaunchOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        schedule(() =>
        {
            try
            {
                outcome.SetResult(Launch(command));
            }
            catch (Exception e)
            {
                // Nobody above this but the thread's own loop.
                outcome.SetException(e);
            }
        });
        return outcome.Task;
    }

    /// <summary>Starts a command on this thread.</summary>
    public LaunchOutcome Launch(Command command)
    {
        if (!Directory.Exists(command.Directory))
            return new LaunchRefused(
                ErrorCode.NotFound, $"there is no directory '{ProgramLookup.Shorten(command.Directory)}'");
        var program = ProgramLookup.Find(command.Argv[0], _searchPath, command.Directory, out var refusal);
        return program is null ? refusal! : Spawn(program, command);
    }

    private LaunchOutcome Spawn(string program, Command command)
    {
        SafePipe? input = null, output = null, errors = null;
        try
        {
            if (!SafePipe.TryCreate(out input, out var error) || !SafePipe.TryCreate(out output, out error) ||
                !SafePipe.TryCreate(out errors, out error))
                return Refused(error, program);
            output!.Enlarge();
            error = NativeSpawn.Start(
                program, command.Argv, _environment, command.Directory, input!, output!, errors!, out var pid);
            return error == 0 ? new Launched(new JobProcess(pid, input!, output!, errors!)) : Refused(error, program);
        }
        finally
        {
            // The child has its own copies; the node's ends belong to the JobProcess by now.
            input?.Dispose();
            output?.Dispose();
            errors?.Dispose();
        }
    }

    private static LaunchRefused Refused(int error, string program)
    {
        var name = ProgramLookup.Shorten(program);
        return error switch
        {
            Libc.ErrorTooBig => new(ErrorCode.Invalid, "arguments and environment are longer than the kernel accepts"),
            Libc.ErrorNoEntry or Libc.ErrorNotDirectory =>
                new(ErrorCode.NotFound, $"'{name}', its interpreter or its directory is not there"),
            Libc.ErrorNotExecutable => new(ErrorCode.Forbidden, $"'{name}' is not in a format that can be executed"),
            Libc.ErrorAccess or Libc.ErrorNotPermitted =>
                new(ErrorCode.Forbidden, $"the node may not execute '{name}' there"),
            Libc.ErrorTryAgain or Libc.ErrorNoMemory or Libc.ErrorTooManyFiles or Libc.ErrorTooManyFilesInSystem =>
                new(ErrorCode.Unavailable, $"the node has no resources for another process (error {error})"),
            _ => new(ErrorCode.Internal, $"'{name}' could not be started (error {error})"),
        };
    }
}
