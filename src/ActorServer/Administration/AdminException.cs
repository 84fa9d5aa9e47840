namespace ActorNet.Server.Administration;

/// <summary>A command cannot do what it was asked. The message is the whole text for the person who typed it.</summary>
internal sealed class AdminException : Exception
{
    private AdminException(string message, int exitCode) : base(message) => ExitCode = exitCode;

    /// <summary>What the program ends with.</summary>
    public int ExitCode { get; }

    /// <summary>The command line is wrong.</summary>
    public static AdminException Usage(string message) => new(message, Hosting.ExitCode.Usage);

    /// <summary>It could not be done.</summary>
    public static AdminException Failed(string message) => new(message, Hosting.ExitCode.Failed);
}
