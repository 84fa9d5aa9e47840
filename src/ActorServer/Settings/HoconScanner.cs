namespace ActorNet.Server.Settings;

/// <summary>Walks over HOCON text and finds what Akka's parser would silently misread, with its line.</summary>
internal sealed class HoconScanner(string text)
{
    private readonly Stack<(char Bracket, int Line)> _open = new();
    private int _at;
    private int _line = 1;

    /// <summary>The first problem, or null.</summary>
    public (int Line, string Problem)? FindProblem()
    {
        while (_at < text.Length)
            if (Next() is { } problem)
                return problem;
        return _open.TryPop(out var open) ? (open.Line, $"'{open.Bracket}' is never closed.") : null;
    }

    private (int, string)? Next()
    {
        if (Sees("#") || Sees("//")) return SkipComment();
        if (Sees("\"\"\"")) return SkipText("\"\"\"", escapes: false);
        if (Sees("\"")) return SkipText("\"", escapes: true);
        if (Sees("${?"))
            return (_line, "'${?…}' is not supported here; set the key from the environment as ACTORNET__SECTION__KEY instead.");
        if (Sees("+=")) return (_line, "'+=' is not supported here; write the whole list.");
        if (AtInclude()) return (_line, "'include' is not supported here; name several files with --config.");

        var here = text[_at++];
        switch (here)
        {
            case '\n':
                _line++;
                return null;
            case '{' or '[':
                _open.Push((here, _line));
                return null;
            case '}' or ']':
                return CloseWith(here);
            default:
                return null;
        }
    }

    private (int, string)? CloseWith(char bracket)
    {
        if (!_open.TryPop(out var open)) return (_line, $"'{bracket}' closes nothing.");
        var expected = open.Bracket == '{' ? '}' : ']';
        return bracket == expected
            ? null
            : (_line, $"'{bracket}' stands where '{expected}' should close the '{open.Bracket}' of line {open.Line}.");
    }

    private (int, string)? SkipComment()
    {
        var end = text.IndexOf('\n', _at);
        _at = end < 0 ? text.Length : end;
        return null;
    }

    private (int, string)? SkipText(string quote, bool escapes)
    {
        var start = _line;
        _at += quote.Length;
        while (_at < text.Length && !Sees(quote))
        {
            if (escapes && text[_at] == '\\') _at++;
            if (_at < text.Length && text[_at] == '\n')
            {
                if (escapes) return (start, "a text in quotes is not closed on its line.");
                _line++;
            }

            _at++;
        }

        if (_at >= text.Length) return (start, "a text in quotes is never closed.");
        _at += quote.Length;
        return null;
    }

    // A key of that name, or a value, is fine: only the word followed by a text in quotes is the directive.
    private bool AtInclude() =>
        Sees("include") && (_at == 0 || text[_at - 1] is '\n' or ' ' or '\t' or '{' or ',')
        && text.AsSpan(_at + "include".Length).TrimStart(" \t").StartsWith("\"");

    private bool Sees(string what) => text.AsSpan(_at).StartsWith(what, StringComparison.Ordinal);
}
