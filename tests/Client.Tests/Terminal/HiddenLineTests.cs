using ActorNet.Client.Terminal;

namespace ActorNet.Client.Tests.Terminal;

public sealed class HiddenLineTests
{
    private readonly HiddenLine _line = new();

    [Fact]
    public void Line_is_what_was_typed_before_enter()
    {
        Type("pass word é");
        Assert.True(Press(ConsoleKey.Enter, '\r'));
        Assert.Equal("pass word é", _line.Text);
    }

    [Fact]
    public void Backspace_takes_back_a_whole_character()
    {
        Type("ab😀");
        Assert.Null(Press(ConsoleKey.Backspace, '\b'));
        Assert.Equal("ab", _line.Text);
        Press(ConsoleKey.Backspace, '\x7f');
        Press(ConsoleKey.Backspace, '\x7f');
        Press(ConsoleKey.Backspace, '\x7f');
        Assert.Empty(_line.Text);
    }

    [Fact]
    public void Control_U_takes_back_all()
    {
        Type("secret");
        Assert.Null(Press(ConsoleKey.U, '\x15', ConsoleModifiers.Control));
        Assert.Empty(_line.Text);
    }

    [Fact]
    public void Control_D_ends_the_input_only_on_an_empty_line()
    {
        Type("a");
        Assert.Null(Press(ConsoleKey.D, '\x04', ConsoleModifiers.Control));
        Assert.Equal("a", _line.Text);
        Press(ConsoleKey.Backspace, '\b');
        Assert.False(Press(ConsoleKey.D, '\x04', ConsoleModifiers.Control));
    }

    [Fact]
    public void Keys_without_a_character_are_nothing()
    {
        Type("a");
        Press(ConsoleKey.LeftArrow, '\0');
        Press(ConsoleKey.Tab, '\t');
        Assert.Equal("a", _line.Text);
    }

    private void Type(string text)
    {
        foreach (var c in text) Assert.Null(Press(default, c));
    }

    private bool? Press(ConsoleKey key, char c, ConsoleModifiers modifiers = default) => _line.Press(new ConsoleKeyInfo(
        c, key, modifiers.HasFlag(ConsoleModifiers.Shift), modifiers.HasFlag(ConsoleModifiers.Alt),
        modifiers.HasFlag(ConsoleModifiers.Control)));
}
