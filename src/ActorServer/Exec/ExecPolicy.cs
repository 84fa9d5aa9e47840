using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Exec.Processes;

namespace ActorNet.Server.Exec;

/// <summary>What a request may ask for. Pure: whether the program is there is for the launcher to see.</summary>
public static class ExecPolicy
{
    /// <summary>The refusal of a request, or null.</summary>
    public static CommandRefused? Refusal(ExecRequest request, ExecSettings settings) =>
        CommandRefusal(request, settings) ?? DirectoryRefusal(request.Cwd) ?? TimeRefusal(request.TimeoutMs, settings);

    /// <summary>The command of a request that is not refused.</summary>
    public static Command ToCommand(ExecRequest request, ExecSettings settings) => new(
        Argv(request, settings),
        request.Cwd is { } cwd ? Path.Combine(settings.Directory, cwd) : settings.Directory,
        request.TimeoutMs is { } ms ? TimeSpan.FromMilliseconds(ms) : settings.TimeLimit);

    private static IReadOnlyList<string> Argv(ExecRequest request, ExecSettings settings) =>
        request.Argv ?? [.. settings.Shell, request.Shell!];

    private static CommandRefused? CommandRefusal(ExecRequest request, ExecSettings settings)
    {
        if (request.Argv is null == request.Shell is null) return Invalid("give either argv or shell");
        if (request.Shell is not null && settings.Shell.Count == 0)
            return new CommandRefused(ErrorCode.Forbidden, "this node has no shell (actornet.exec.shell); give argv");
        return request.Argv is { Count: 0 } ? Invalid("argv is empty") : ArgvRefusal(Argv(request, settings), settings);
    }

    private static CommandRefused? ArgvRefusal(IReadOnlyList<string> argv, ExecSettings settings)
    {
        if (argv.Count > settings.MaxArguments)
            return Invalid(
                $"{argv.Count} arguments are over the limit of {settings.MaxArguments} (actornet.exec.max-arguments)");
        var bytes = 0L;
        for (var i = 0; i < argv.Count; i++)
        {
            // Not from a frame, whose JSON has no null in an array.
            if (argv[i] is null) return Invalid($"argument {i} is null");
            if (argv[i].Contains('\0')) return Invalid($"argument {i} contains a NUL, which no argument can");
            bytes += Encoding.UTF8.GetByteCount(argv[i]) + 1;
        }

        if (argv[0].Length == 0) return Invalid("the name of the program is empty");
        return bytes > settings.MaxCommandBytes
            ? Invalid($"{bytes} bytes of argv exceed {settings.MaxCommandBytes} (actornet.exec.max-command)")
            : null;
    }

    private static CommandRefused? DirectoryRefusal(string? cwd) =>
        cwd is not null && (cwd.Length == 0 || cwd.Contains('\0')) ? Invalid("cwd is empty or contains a NUL") : null;

    private static CommandRefused? TimeRefusal(long? timeoutMs, ExecSettings settings) =>
        timeoutMs is { } ms && (ms < 1 || ms > settings.MaxTimeLimit.TotalMilliseconds)
            ? Invalid(
                $"timeout_ms is {ms}; it takes 1 to {settings.MaxTimeLimit.TotalMilliseconds:0} " +
                "(actornet.exec.max-time-limit)")
            : null;

    private static CommandRefused Invalid(string message) => new(ErrorCode.Invalid, message);
}
