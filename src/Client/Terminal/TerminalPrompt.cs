using System.Text;

namespace ActorNet.Client.Terminal;

/// <summary>
/// Asks on stderr and reads the terminal's keys: stdout stays the command's. Reading keys blocks and cannot be taken
/// back, so a thread of its own does it, which ends with the line; keys typed after it are the command's.
/// </summary>
internal sealed class TerminalPrompt(TextWriter output) : IPrompt
{
    /// <inheritdoc />
    public async Task<string?> AskAsync(string question, Typing typing, CancellationToken cancellation)
    {
        if (typing == Typing.Hidden) HideTyping();
        output.Write(question);
        var answer = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Read(typing, answer)) { IsBackground = true, Name = "prompt" }.Start();
        try
        {
            return await answer.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            output.WriteLine();
            throw;
        }
    }

    // The terminal shows what is typed until the first key is waited for, or looked for, as here; then no more.
    private static void HideTyping()
    {
        try
        {
            _ = Console.KeyAvailable;
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // The terminal is gone: the end of input, as reading will tell.
        }
    }

    private void Read(Typing typing, TaskCompletionSource<string?> answer)
    {
        try
        {
            answer.SetResult(typing == Typing.Shown ? Console.ReadLine() : ReadHidden());
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // the terminal is gone: the end of input
            answer.SetResult(null);
        }
    }

    private string? ReadHidden()
    {
        var line = new HiddenLine();
        while (true)
        {
            if (line.Press(Console.ReadKey(intercept: true)) is not { } ended) continue;
            output.WriteLine();
            return ended ? line.Text : null;
        }
    }
}

/// <summary>A line typed unseen: Backspace takes back a character, Ctrl-U all, Ctrl-D on an empty line ends the input.</summary>
internal sealed class HiddenLine
{
    private readonly StringBuilder _text = new();

    public string Text => _text.ToString();

    /// <summary>True: Enter. False: the end of input. Null: more to come.</summary>
    public bool? Press(ConsoleKeyInfo key)
    {
        switch (key)
        {
            case { Key: ConsoleKey.Enter }:
                return true;
            case { Key: ConsoleKey.D, Modifiers: ConsoleModifiers.Control } when _text.Length == 0:
                return false;
            case { Key: ConsoleKey.U, Modifiers: ConsoleModifiers.Control }:
                _text.Clear();
                break;
            case { Key: ConsoleKey.Backspace } when _text.Length > 0:
                _text.Length -= char.IsLowSurrogate(_text[^1]) && _text.Length > 1 ? 2 : 1;
                break;
            case { KeyChar: >= ' ' and not '\x7f' }:
                _text.Append(key.KeyChar);
                break;
        }

        return null;
    }
}
