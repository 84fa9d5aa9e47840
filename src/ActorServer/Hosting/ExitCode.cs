namespace ActorNet.Server.Hosting;

/// <summary>What the process ends with.</summary>
internal static class ExitCode
{
    /// <summary>Stopped when it was asked to.</summary>
    public const int Stopped = 0;

    /// <summary>Could not start, or ended over a fault of its own.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the configuration is wrong.</summary>
    public const int Usage = 2;

    /// <summary>A second signal ended it at once: 128 and the signal's number, as a shell reports it.</summary>
    public const int SignalBase = 128;
}
