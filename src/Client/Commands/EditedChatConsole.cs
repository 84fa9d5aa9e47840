using System.Runtime.CompilerServices;
using System.Threading.Channels;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>
/// The last row of the terminal is the line being typed. To print, it is wiped, the line written and the row drawn
/// again, all in one write, so nobody sees it torn.
/// </summary>
internal sealed class EditedChatConsole(TextWriter output, ChannelReader<ConsoleKeyInfo> keys, Func<int> width,
    string prompt) : IChatConsole
{
    private const string Wipe = "\r\e[K";

    private readonly Lock _gate = new();
    private readonly LineEditor _editor = new();
    private bool _prompting;

    /// <inheritdoc />
    public void Print(string line)
    {
        lock (_gate) output.Write(_prompting ? $"{Wipe}{line}\n{Row()}" : $"{line}\n");
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<string> ReadLinesAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        Prompt();
        await foreach (var key in keys.ReadAllAsync(cancellation))
        {
            var result = Press(key);
            if (result == EditResult.EndOfInput) yield break;
            if (result == EditResult.Submitted) yield return _editor.Submitted;
        }
    }

    /// <inheritdoc />
    public void Close()
    {
        lock (_gate)
        {
            if (_prompting) output.Write(Wipe);
            _prompting = false;
        }
    }

    private void Prompt()
    {
        lock (_gate)
        {
            _prompting = true;
            output.Write(Row());
        }
    }

    // What was said comes back from the room with its time and place; the typed row only disappears.
    private EditResult Press(ConsoleKeyInfo key)
    {
        lock (_gate)
        {
            var result = _editor.Press(key);
            if (result != EditResult.Ignored) output.Write(Wipe + Row());
            return result;
        }
    }

    private string Row()
    {
        var (text, column) = PromptView.Of(prompt, _editor.Text, _editor.Cursor, Math.Max(8, width()));
        return $"{text}\r{(column > 0 ? $"\e[{column}C" : "")}";
    }
}
