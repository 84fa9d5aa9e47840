using System.Threading.Channels;
using ActorNet.Client.Commands;
using ActorNet.Client.Tests.Support;

namespace ActorNet.Client.Tests.Terminal;

public sealed class EditedChatConsoleTests : IDisposable
{
    private readonly StringWriter _screen = new() { NewLine = "\n" };
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();

    public void Dispose() => _screen.Dispose();

    [Fact]
    public async Task Line_that_arrives_while_typing_goes_above_and_the_typed_row_is_drawn_again_in_one_write()
    {
        var console = new EditedChatConsole(_screen, _keys.Reader, () => 40, "> ");
        await using var lines = console.ReadLinesAsync(default).GetAsyncEnumerator();
        foreach (var c in "hi") _keys.Writer.TryWrite(new ConsoleKeyInfo(c, default, false, false, false));
        _keys.Writer.TryWrite(new ConsoleKeyInfo('\0', ConsoleKey.Enter, false, false, false));
        Assert.True(await lines.MoveNextAsync().AsTask().WaitAsync(FakeServer.Patience));
        Assert.Equal("hi", lines.Current);
        Assert.Equal("> \r\e[2C\r\e[K> h\r\e[3C\r\e[K> hi\r\e[4C\r\e[K> \r\e[2C", _screen.ToString());

        _screen.GetStringBuilder().Clear();
        console.Print("12:00 bob: hello");
        Assert.Equal("\r\e[K12:00 bob: hello\n> \r\e[2C", _screen.ToString());

        _screen.GetStringBuilder().Clear();
        console.Close();
        console.Print("bye");
        Assert.Equal("\r\e[Kbye\n", _screen.ToString());
    }

    [Fact]
    public async Task Control_D_ends_the_lines()
    {
        var console = new EditedChatConsole(_screen, _keys.Reader, () => 40, "> ");
        _keys.Writer.TryWrite(new ConsoleKeyInfo('\x4', ConsoleKey.D, false, false, true));
        Assert.Empty(await console.ReadLinesAsync(default).ToListAsync().AsTask().WaitAsync(FakeServer.Patience));
    }
}
