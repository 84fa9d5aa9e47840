using System.Text;

namespace ActorNet.Client.Terminal;

/// <summary>What a key did.</summary>
internal enum EditResult
{
    /// <summary>Text or cursor changed.</summary>
    Changed,

    /// <summary>Nothing changed.</summary>
    Ignored,

    /// <summary>Enter: the line is in <see cref="LineEditor.Submitted"/> and the editor is empty.</summary>
    Submitted,

    /// <summary>Ctrl-D on an empty line.</summary>
    EndOfInput,
}

/// <summary>One line being typed, with a cursor and the lines before; knows keys, not screens.</summary>
internal sealed class LineEditor
{
    private const int MaxHistory = 100;

    private readonly StringBuilder _text = new();
    private readonly List<string> _history = [];
    private int _recalled;
    private string _draft = "";

    /// <summary>The line so far.</summary>
    public string Text => _text.ToString();

    /// <summary>Where the next character goes, in UTF-16 units.</summary>
    public int Cursor { get; private set; }

    /// <summary>The last line that Enter was pressed on.</summary>
    public string Submitted { get; private set; } = "";

    public EditResult Press(ConsoleKeyInfo key)
    {
        if ((key.Modifiers & ConsoleModifiers.Control) != 0) return PressControl(key.Key);
        return key.Key switch
        {
            ConsoleKey.Enter => Submit(),
            ConsoleKey.Backspace => Remove(Before(Cursor), Cursor),
            ConsoleKey.Delete => Remove(Cursor, After(Cursor)),
            ConsoleKey.LeftArrow => MoveTo(Before(Cursor)),
            ConsoleKey.RightArrow => MoveTo(After(Cursor)),
            ConsoleKey.Home => MoveTo(0),
            ConsoleKey.End => MoveTo(_text.Length),
            ConsoleKey.UpArrow => Recall(_recalled - 1),
            ConsoleKey.DownArrow => Recall(_recalled + 1),
            _ => key.KeyChar >= ' ' && key.KeyChar != '\x7f' ? Insert(key.KeyChar) : EditResult.Ignored,
        };
    }

    private EditResult PressControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => MoveTo(0),
        ConsoleKey.E => MoveTo(_text.Length),
        ConsoleKey.B => MoveTo(Before(Cursor)),
        ConsoleKey.F => MoveTo(After(Cursor)),
        ConsoleKey.H => Remove(Before(Cursor), Cursor),
        ConsoleKey.U => Remove(0, Cursor),
        ConsoleKey.K => Remove(Cursor, _text.Length),
        ConsoleKey.W => Remove(WordStart(), Cursor),
        ConsoleKey.J => Submit(),
        ConsoleKey.D => _text.Length == 0 ? EditResult.EndOfInput : Remove(Cursor, After(Cursor)),
        _ => EditResult.Ignored,
    };

    private EditResult Insert(char c)
    {
        _text.Insert(Cursor++, c);
        return EditResult.Changed;
    }

    private EditResult Remove(int from, int to)
    {
        if (from == to) return EditResult.Ignored;
        _text.Remove(from, to - from);
        Cursor = from;
        return EditResult.Changed;
    }

    private EditResult MoveTo(int position)
    {
        Cursor = position;
        return EditResult.Changed;
    }

    private EditResult Submit()
    {
        Submitted = Text;
        if (Submitted.Length > 0 && (_history.Count == 0 || _history[^1] != Submitted)) _history.Add(Submitted);
        if (_history.Count > MaxHistory) _history.RemoveAt(0);
        _recalled = _history.Count;
        _text.Clear();
        Cursor = 0;
        return EditResult.Submitted;
    }

    private EditResult Recall(int index)
    {
        if (index < 0 || index > _history.Count) return EditResult.Ignored;
        if (_recalled == _history.Count) _draft = Text;
        _recalled = index;
        _text.Clear().Append(index == _history.Count ? _draft : _history[index]);
        Cursor = _text.Length;
        return EditResult.Changed;
    }

    // Two units for what lies beyond the BMP, and marks go with what they stand on.
    private int Before(int position)
    {
        var line = Text;
        do
        {
            if (position > 0) position--;
            if (position > 0 && char.IsSurrogatePair(line[position - 1], line[position]))
                position--;
        }
        while (position > 0 && IsMark(line, position));

        return position;
    }

    private int After(int position)
    {
        var line = Text;
        do
        {
            if (position < line.Length) position++;
            if (position < line.Length && char.IsSurrogatePair(line[position - 1], line[position]))
                position++;
        }
        while (position < line.Length && IsMark(line, position));

        return position;
    }

    private int WordStart()
    {
        var position = Cursor;
        while (position > 0 && _text[position - 1] == ' ') position--;
        while (position > 0 && _text[position - 1] != ' ') position--;
        return position;
    }

    private static bool IsMark(string line, int position) =>
        Rune.TryGetRuneAt(line, position, out var rune) && TextWidth.Of(rune) == 0;
}
