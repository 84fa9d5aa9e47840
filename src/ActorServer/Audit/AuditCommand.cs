using System.CommandLine;
using System.Globalization;
using ActorNet.Server.Administration;
using ActorNet.Server.Hosting;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Audit;

/// <summary><c>actorserver audit verify|query</c>: reads the log, also while the node writes it.</summary>
internal static class AuditCommand
{
    private const string Examples = """
        Examples:
          actorserver audit verify                               is the log what was written?
          actorserver audit verify --expect 4711:3f9a…           and does it still have the record that was noted down then?
          actorserver audit query --since 2h --failed            what went wrong, and who did it?
          actorserver audit query --account ann --act 'exec.*'   * stands for anything
          actorserver audit query --connection 8a1cda38/native/conn-4

        Exit codes: 0 in order, 1 not in order or not to be read, 2 wrong usage or configuration.
        """;

    /// <summary>The command.</summary>
    /// <param name="sourcesOf">Where the configuration is, which says where the data is.</param>
    /// <param name="console">Where results go.</param>
    public static Command Create(Func<ParseResult, ConfigSources> sourcesOf, ServerConsole console) =>
        new CommandWithExamples("audit", "Check or read the audit log, also while the server runs", Examples)
        {
            Verify(sourcesOf, console),
            Query(sourcesOf, console),
        };

    private static Command Verify(Func<ParseResult, ConfigSources> sourcesOf, ServerConsole console)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of a log, the oldest first; without, those of the data directory",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var expect = new Option<string[]>("--expect")
        {
            Description = "A record noted down before, as verify prints it: only that shows whether the end was cut off; may be repeated",
            HelpName = "SEQ:HASH",
        };
        expect.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => VerifyCommand.ParseExpected(token.Value) is null))
                result.AddError($"--expect takes SEQ:HASH, a number and 64 hex digits, not '{token.Value}'.");
        });
        var verify = new Command("verify", "Check that the log is what was written: nothing changed, removed or moved") { files, expect };
        verify.SetAction(parsed =>
        {
            var expected = (parsed.GetValue(expect) ?? []).Select(text => VerifyCommand.ParseExpected(text)!.Value);
            var named = parsed.GetValue(files) ?? [];
            var command = new VerifyCommand(console, [.. expected]);
            if (named.Length > 0) return command.Run(named);
            return DirectoryOf(sourcesOf(parsed), console) is { } directory ? command.Run(directory) : ExitCode.Usage;
        });
        return verify;
    }

    private static Command Query(Func<ParseResult, ConfigSources> sourcesOf, ServerConsole console)
    {
        var since = TimeOption("--since", "Records from this time on: 2026-01-31, 2026-01-31T12:00 (UTC), or 2h and 3d ago");
        var until = TimeOption("--until", "Records before this time");
        var account = Glob("--account", "Of this account");
        var act = Glob("--act", "Of this act: login, or 'exec.*'");
        var subject = Glob("--subject", "About this room, path, program or account; * stands for anything");
        var outcome = Glob("--outcome", "With this outcome: ok, or a code such as forbidden");
        var connection = Glob("--connection", "Of this connection");
        var failed = new Option<bool>("--failed") { Description = "With any outcome but ok" };
        var json = new Option<bool>("--json") { Description = "The records as they stand in the log" };
        var limit = new Option<int?>("--limit") { Description = "Only the last N that fit, at most 100000", HelpName = "N" };
        limit.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
                && n is < 1 or > QueryCommand.LargestLimit)
                result.AddError($"--limit takes 1 to {QueryCommand.LargestLimit}.");
        });
        var query = new Command("query", "Print records")
        {
            since, until, account, act, subject, outcome, connection, failed, limit, json,
        };
        query.SetAction(parsed =>
        {
            if (DirectoryOf(sourcesOf(parsed), console) is not { } directory) return ExitCode.Usage;
            var now = TimeProvider.System.GetUtcNow();
            var filter = new QueryFilter(
                QueryTime.Parse(parsed.GetValue(since), now), QueryTime.Parse(parsed.GetValue(until), now), parsed.GetValue(account),
                parsed.GetValue(act), parsed.GetValue(subject), parsed.GetValue(outcome), parsed.GetValue(connection),
                parsed.GetValue(failed));
            return new QueryCommand(console, filter, parsed.GetValue(limit), parsed.GetValue(json)).Run(directory);
        });
        return query;
    }

    private static Option<string?> TimeOption(string name, string description)
    {
        var option = new Option<string?>(name) { Description = description, HelpName = "TIME" };
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => QueryTime.Parse(token.Value, TimeProvider.System.GetUtcNow()) is null))
                result.AddError($"{name} takes a time such as 2026-01-31T12:00 (UTC), or 2h ago as 2h, not '{token.Value}'.");
        });
        return option;
    }

    private static Option<string?> Glob(string name, string description) => new(name) { Description = description, HelpName = "TEXT" };

    private static string? DirectoryOf(ConfigSources sources, ServerConsole console) =>
        CheckCommand.Load(sources, console) is var (_, settings) ? Path.Combine(settings.Data.FullPath, AuditFile.DirectoryName) : null;
}
