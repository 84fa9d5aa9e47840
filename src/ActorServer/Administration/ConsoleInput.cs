using System.Text;

namespace ActorNet.Server.Administration;

/// <summary>What a person types, or a script gives.</summary>
internal interface IConsoleInput
{
    /// <summary>Whether a person can be asked.</summary>
    bool IsTerminal { get; }

    /// <summary>A line, shown as it is typed; null at the end of the input.</summary>
    string? ReadLine();

    /// <summary>A line that is not shown, not even what is typed as soon as it is asked for; null if it was given up by Ctrl-D.</summary>
    /// <param name="ask">Writes the question.</param>
    string? ReadHidden(Action ask);

    /// <summary>The bytes of an input that is not a terminal.</summary>
    Stream OpenStream();
}

/// <summary>The input of this process.</summary>
internal sealed class ProcessInput : IConsoleInput
{
    public static readonly ProcessInput Instance = new();

    private const char CtrlD = '\u0004';
    private const char CtrlU = '\u0015';

    public bool IsTerminal => !Console.IsInputRedirected;

    public string? ReadLine() => Console.ReadLine();

    public string? ReadHidden(Action ask)
    {
        // The terminal shows what is typed until the first key is waited for, or looked for, as here; then no more.
        _ = Console.KeyAvailable;
        ask();
        var text = new StringBuilder();
        while (true)
        {
            var key = Console.ReadKey(intercept: true);
            switch (key)
            {
                case { Key: ConsoleKey.Enter }:
                    return text.ToString();
                case { KeyChar: CtrlD }:
                    return null;
                case { KeyChar: CtrlU }:
                    text.Clear();
                    break;
                case { Key: ConsoleKey.Backspace }:
                    // A character beyond the basic plane came as two.
                    if (text.Length > 0) text.Length -= text.Length > 1 && char.IsLowSurrogate(text[^1]) ? 2 : 1;
                    break;
                case { KeyChar: not '\0' }:
                    text.Append(key.KeyChar);
                    break;
            }
        }
    }

    public Stream OpenStream() => Console.OpenStandardInput();
}
