using System.CommandLine;
using System.Text;
using ActorNet.Client.Chat;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet chat</c>: a room to sit in, to say one thing in, or to listen to.</summary>
internal sealed class ChatVerbs
{
    private readonly Option<string?> _as = new("--as")
    {
        Description = "The name to show beside the account",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Argument<string> _room = Room();
    private readonly Argument<string> _sayRoom = Room();
    private readonly Argument<string> _tailRoom = Room();
    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "What to say",
        Arity = ArgumentArity.OneOrMore,
    };

    public static Command Build(GlobalOptions globals, CommandIo io)
    {
        var verbs = new ChatVerbs();
        var say = CommandRunner.Bind(
            new Command("say", "Say one thing in a room") { verbs._sayRoom, verbs._text }, globals, io, verbs.SayAsync);
        var tail = CommandRunner.Bind(
            new Command("tail", "Print what is said in a room until Ctrl-C") { verbs._tailRoom }, globals, io,
            verbs.TailAsync);
        return CommandRunner.Bind(
            new Command("chat", "Talk in a room; q or Ctrl-D leaves") { verbs._room, verbs._as, say, tail },
            globals, io, verbs.ChatAsync);
    }

    private static Argument<string> Room() => new("ROOM") { Description = "Name of the room" };

    private async Task<int> ChatAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        await using var chat = await OpenAsync(session, client);
        var io = session.Io;
        var room = session.Parsed.GetValue(_room)!;
        IChatConsole console = io.InputIsTerminal && io.HasCursor && !session.Json
            ? new EditedChatConsole(io.Out, ConsoleKeys.Start(), () => Console.WindowWidth, "> ")
            : new PlainChatConsole(io.Out, new StreamReader(io.Input, new UTF8Encoding(false)));
        await new ChatTalk(chat, room, console, Lines(session)).RunAsync(io.InputIsTerminal, session.Cancellation);
        return ExitCodes.Ok;
    }

    private async Task<int> SayAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        await using var chat = await OpenAsync(session, client);
        var room = session.Parsed.GetValue(_sayRoom)!;
        await chat.JoinAsync(room, session.Cancellation);
        var said = await chat.SayAsync(room, string.Join(' ', session.Parsed.GetValue(_text)!), session.Cancellation);
        if (session.Json) session.WriteJson(said, ProtocolJsonContext.Default.Said);
        await chat.LeaveAsync(room, session.Cancellation);
        return ExitCodes.Ok;
    }

    private async Task<int> TailAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        await using var chat = await OpenAsync(session, client);
        await chat.JoinAsync(session.Parsed.GetValue(_tailRoom)!, session.Cancellation);
        var lines = Lines(session);
        await foreach (var happened in chat.ReadEventsAsync(session.Cancellation))
            session.WriteLine(lines.Of(happened));
        return ExitCodes.Ok;
    }

    private Task<ChatChannel> OpenAsync(CommandSession session, ActorNetClient client) =>
        client.OpenChatAsync(new ChatOptions(session.Parsed.GetValue(_as)), session.Cancellation);

    private static ChatLines Lines(CommandSession session) =>
        new(TimeZoneInfo.Local, session.Json ? ChatLineStyle.Json : session.Io.HasColours ? ChatLineStyle.Coloured
            : ChatLineStyle.Plain);
}
