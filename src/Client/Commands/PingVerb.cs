using System.CommandLine;
using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary><c>actornet ping</c>: how long a PING takes to come back; one a second.</summary>
internal sealed class PingVerb
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Option<int> _count = new("--count", "-c")
    {
        Description = "How many times",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public PingVerb(GlobalOptions globals, CommandIo io)
    {
        _count.Validators.Add(r =>
        {
            if (r.Tokens.Count > 0 && (!int.TryParse(r.Tokens[0].Value, out var n) || n < 1))
                r.AddError("--count takes a number from 1");
        });
        Command = CommandRunner.Bind(
            new Command("ping", "Measure the time to the server and back") { _count }, globals, io, RunAsync);
    }

    public Command Command { get; }

    private async Task<int> RunAsync(CommandSession session)
    {
        await using var client = await session.ConnectAsync();
        using var timer = new PeriodicTimer(Interval);
        var count = session.Parsed.GetValue(_count);
        var times = new List<double>();
        for (var number = 1; number <= count; number++)
        {
            if (number > 1) await timer.WaitForNextTickAsync(session.Cancellation);
            var time = await client.PingAsync(session.Cancellation);
            times.Add(time.TotalMilliseconds);
            if (session.Json)
                session.WriteJson(
                    new PingResult(client.Node, number, time.TotalMilliseconds), CommandJsonContext.Default.PingResult);
            else
                session.WriteLine($"{SafeText.Of(client.Node)}: {Durations.Of(time)}");
        }

        if (count > 1) Summarise(session, times);
        return ExitCodes.Ok;
    }

    private static void Summarise(CommandSession session, List<double> times)
    {
        if (session.Json)
            session.WriteJson(
                new PingSummary(times.Count, times.Min(), times.Average(), times.Max()),
                CommandJsonContext.Default.PingSummary);
        else
            session.WriteLine(
                $"{times.Count} pings: least {Text(times.Min())}, average {Text(times.Average())}, "
                + $"most {Text(times.Max())}");
    }

    private static string Text(double ms) => Durations.Of(TimeSpan.FromMilliseconds(ms));
}
