using System.Text;
using ActorNet.Client.Profiles;

namespace ActorNet.Client.Terminal;

/// <summary>
/// What a command may touch of its process: its streams, what is at their ends, its environment and its interrupts.
/// </summary>
internal sealed class CommandIo
{
    public required Stream Input { get; init; }

    public required Stream Output { get; init; }

    public required Stream Error { get; init; }

    public bool InputIsTerminal { get; init; }

    public bool OutputIsTerminal { get; init; }

    public bool ErrorIsTerminal { get; init; }

    public required Func<string, string?> Environment { get; init; }

    /// <summary>Whoever sits at the terminal; null when nobody can be asked.</summary>
    public IPrompt? Prompt { get; init; }

    public Interrupts Interrupts { get; } = new();

    /// <summary>Stdout as text; every write is on its way when it returns.</summary>
    public TextWriter Out => field ??= Writer(Output);

    /// <summary>Stderr as text.</summary>
    public TextWriter ErrorOut => field ??= Writer(Error);

    public ProfileStore Profiles => new(Environment);

    public DeviceFile Devices => DeviceFile.Of(Environment);

    /// <summary>Whether stdout understands cursor movement and colours.</summary>
    public bool HasCursor => OutputIsTerminal && Environment("TERM") is not (null or "" or "dumb");

    public bool HasColours => HasCursor && string.IsNullOrEmpty(Environment("NO_COLOR"));

    public static CommandIo OfProcess()
    {
        var error = StandardOutput.Open(2);
        return new CommandIo
        {
            Input = Console.OpenStandardInput(),
            Output = StandardOutput.Open(1),
            Error = error,
            InputIsTerminal = !Console.IsInputRedirected,
            OutputIsTerminal = !Console.IsOutputRedirected,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Prompt = Console.IsInputRedirected || Console.IsErrorRedirected ? null : new TerminalPrompt(Writer(error)),
            Environment = System.Environment.GetEnvironmentVariable,
        };
    }

    private static StreamWriter Writer(Stream stream) =>
        new(stream, new UTF8Encoding(false), leaveOpen: true) { AutoFlush = true, NewLine = "\n" };
}
