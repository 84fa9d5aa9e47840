using ActorNet.Client.Terminal;

namespace ActorNet.Client.Tests.Terminal;

public sealed class LineEditorTests
{
    private readonly LineEditor _editor = new();

    [Fact]
    public void Typing_and_moving_edits_in_the_middle()
    {
        Type("helo");
        Press(ConsoleKey.LeftArrow);
        Type("l");
        Press(ConsoleKey.Home);
        Type(">");
        Press(ConsoleKey.End);
        Type("!");
        Assert.Equal(">hello!", _editor.Text);
    }

    [Fact]
    public void Backspace_and_delete_take_a_whole_character()
    {
        Type("a👍e\u0301b");
        Press(ConsoleKey.LeftArrow);
        Press(ConsoleKey.Backspace);
        Assert.Equal("a👍b", _editor.Text);
        Press(ConsoleKey.Backspace);
        Assert.Equal("ab", _editor.Text);
        Press(ConsoleKey.Delete);
        Assert.Equal("a", _editor.Text);
        Press(ConsoleKey.Backspace);
        Assert.Equal(EditResult.Ignored, Press(ConsoleKey.Backspace));
    }

    [Fact]
    public void Enter_submits_and_the_history_goes_back_to_it_and_forth_to_the_draft()
    {
        Type("one");
        Assert.Equal(EditResult.Submitted, Press(ConsoleKey.Enter));
        Assert.Equal(("one", ""), (_editor.Submitted, _editor.Text));
        Type("two");
        Press(ConsoleKey.Enter);
        Type("draft");
        Press(ConsoleKey.UpArrow);
        Assert.Equal("two", _editor.Text);
        Press(ConsoleKey.UpArrow);
        Assert.Equal("one", _editor.Text);
        Assert.Equal(EditResult.Ignored, Press(ConsoleKey.UpArrow));
        Press(ConsoleKey.DownArrow);
        Press(ConsoleKey.DownArrow);
        Assert.Equal("draft", _editor.Text);
    }

    [Fact]
    public void Control_D_ends_an_empty_line_and_deletes_in_another()
    {
        Type("ab");
        Press(ConsoleKey.A, ConsoleModifiers.Control);
        Assert.Equal(EditResult.Changed, Press(ConsoleKey.D, ConsoleModifiers.Control));
        Assert.Equal("b", _editor.Text);
        Press(ConsoleKey.K, ConsoleModifiers.Control);
        Assert.Equal(EditResult.EndOfInput, Press(ConsoleKey.D, ConsoleModifiers.Control));
    }

    [Fact]
    public void Control_W_takes_the_word_before_the_cursor()
    {
        Type("one two  ");
        Press(ConsoleKey.W, ConsoleModifiers.Control);
        Assert.Equal("one ", _editor.Text);
    }

    [Fact]
    public void Keys_without_a_character_do_nothing() => Assert.Equal(EditResult.Ignored, Press(ConsoleKey.F5));

    [Theory]
    [InlineData("abc", 3, 20, "> abc", 5)]
    [InlineData("abc", 0, 20, "> abc", 2)]
    [InlineData("abcdefghij", 10, 8, "> fghij", 7)]
    [InlineData("abcdefghij", 0, 8, "> abcde", 2)]
    [InlineData("日本日本", 4, 8, "> 日本", 6)]
    public void View_shows_what_is_around_the_cursor(string line, int cursor, int width, string text, int column) =>
        Assert.Equal((text, column), PromptView.Of("> ", line, cursor, width));

    private void Type(string text)
    {
        foreach (var c in text) _editor.Press(new ConsoleKeyInfo(c, default, false, false, false));
    }

    private EditResult Press(ConsoleKey key, ConsoleModifiers modifiers = default) =>
        _editor.Press(new ConsoleKeyInfo('\0', key, false, false, modifiers == ConsoleModifiers.Control));
}
