using ActorNet.Client.Chat;

namespace ActorNet.Client.Commands;

/// <summary>
/// A person, or a script, in one room: lines go out in their order, what happens is printed as it comes.
/// </summary>
internal sealed class ChatTalk(ChatChannel chat, string room, IChatConsole console, ChatLines lines)
{
    private const string Help =
        "* /who: who is here   /quit, q or Ctrl-D: leave   //text: say a line that begins with /";

    /// <summary>Ends when the lines end, or one says so.</summary>
    /// <param name="greet">Whether somebody wants to know who is there and how to leave.</param>
    /// <param name="cancellation">Ends it at once.</param>
    public async Task RunAsync(bool greet, CancellationToken cancellation)
    {
        await chat.JoinAsync(room, cancellation);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var printing = PrintAsync(over);
        try
        {
            if (greet) await GreetAsync(over.Token);
            await foreach (var line in console.ReadLinesAsync(over.Token))
            {
                if (IsQuit(line)) break;
                await HandleAsync(line, over.Token);
            }

            // nothing of the room comes after the answer; closing ends the events when the last is printed
            await chat.LeaveAsync(room, over.Token);
            await chat.DisposeAsync();
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            // the room ended before the lines did; its reason is what to report
        }
        finally
        {
            console.Close();
        }

        await printing;
    }

    private static bool IsQuit(string line) => line.Trim() is "q" or "Q" or "/quit" or "/q";

    private async Task GreetAsync(CancellationToken cancellation)
    {
        console.Print(lines.Of(await chat.WhoPageAsync(room, null, cancellation)));
        console.Print(Help);
    }

    private async Task HandleAsync(string line, CancellationToken cancellation)
    {
        switch (line.Trim())
        {
            case "":
                break;
            case "/who":
                console.Print(lines.Of(await chat.WhoPageAsync(room, null, cancellation)));
                break;
            case "/help":
                console.Print(Help);
                break;
            case ['/', '/', ..]:
                await SayAsync(line.TrimStart()[1..], cancellation);
                break;
            case ['/', ..] command:
                console.Print($"* there is no {Terminal.SafeText.Of(command.Split(' ')[0])}. {Help[2..]}");
                break;
            default:
                await SayAsync(line, cancellation);
                break;
        }
    }

    // What one line did wrong is said, and the talk goes on; when the connection is gone it does not.
    private async Task SayAsync(string text, CancellationToken cancellation)
    {
        try
        {
            await chat.SayAsync(room, text, cancellation);
        }
        catch (ActorNetException e) when (e is { Code: not null } and not ConnectionLostException)
        {
            console.Print($"* not said: {Terminal.SafeText.Of(e.Message)}");
        }
    }

    private async Task PrintAsync(CancellationTokenSource over)
    {
        try
        {
            await foreach (var happened in chat.ReadEventsAsync(CancellationToken.None))
                console.Print(lines.Of(happened));
        }
        finally
        {
            await over.CancelAsync();
        }
    }
}
