using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Commands;

/// <summary>
/// How a remote command ended, as an exit code: its own, 128 + n for signal n, 124 for the time limit.
/// </summary>
internal static class ExecExitCode
{
    private const int Kill = 9;

    // Linux's numbers, where most are everybody's
    private static readonly Dictionary<string, int> Signals = new()
    {
        ["HUP"] = 1,
        ["INT"] = 2,
        ["QUIT"] = 3,
        ["ILL"] = 4,
        ["TRAP"] = 5,
        ["ABRT"] = 6,
        ["BUS"] = 7,
        ["FPE"] = 8,
        ["KILL"] = Kill,
        ["USR1"] = 10,
        ["SEGV"] = 11,
        ["USR2"] = 12,
        ["PIPE"] = 13,
        ["ALRM"] = 14,
        ["TERM"] = 15,
        ["XCPU"] = 24,
        ["XFSZ"] = 25,
        ["SYS"] = 31,
    };

    public static int Of(CommandEnded ended) => ended.Reason switch
    {
        ExecEndReason.Timeout => ExitCodes.TimedOut,
        ExecEndReason.Stopped => ExitCodes.Signal + Kill,
        ExecEndReason.Signalled => ExitCodes.Signal + Signals.GetValueOrDefault(ended.Signal ?? "", 0),
        _ => ended.ExitCode ?? ExitCodes.Failed,
    };
}
