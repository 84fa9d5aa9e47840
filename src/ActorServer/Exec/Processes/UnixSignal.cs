using System.Globalization;

namespace ActorNet.Server.Exec.Processes;

/// <summary>Signals of Linux by name, without SIG.</summary>
public static class UnixSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;

    // Index = number. x86, Arm, RISC-V and most others agree on these.
    private static readonly string[] Names =
    [
        "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ];

    private static readonly HashSet<string> Sendable = ["INT", "TERM", "HUP", "QUIT", "USR1", "USR2", "KILL"];

    /// <summary>The number of a signal that a client may send.</summary>
    public static bool TryParseSendable(string name, out int number)
    {
        number = Sendable.Contains(name) ? Array.IndexOf(Names, name) : 0;
        return number > 0;
    }

    /// <summary>The name of a signal; a real-time signal has its number instead.</summary>
    public static string NameOf(int number) =>
        number > 0 && number < Names.Length ? Names[number] : number.ToString(CultureInfo.InvariantCulture);
}
