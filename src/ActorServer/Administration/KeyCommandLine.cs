using System.CommandLine;

namespace ActorNet.Server.Administration;

/// <summary>The command line of <c>actorserver key</c>.</summary>
internal static class KeyCommandLine
{
    private const string Examples = """
        Examples:
          actorserver key add robot --label ci --server node.example.org:7443 --out robot.json
          actornet --profile robot.json ping                     where the file is now; it may have any name
          actorserver key list robot
          actorserver key revoke k-3f9a5c0e8d7b6a14              it is no good from now on; the server need not be restarted

        A key is as good as a password: it is shown when it is made, and never again.
        Exit codes: 0 done, 1 not done, 2 wrong usage or configuration.
        """;

    private static readonly Argument<string> Account = new("ACCOUNT") { Description = "The account" };

    private static readonly Argument<string?> AnyAccount = new("ACCOUNT")
    {
        Description = "Only keys of this account",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Argument<string> Id = new("ID") { Description = "The key, as key list shows it" };

    private static readonly Option<string> Label = new("--label")
    {
        Description = "What you call it: the machine it is for",
        HelpName = "LABEL",
        Required = true,
    };

    private static readonly Option<string?> Server = new("--server")
    {
        Description = "Where the client reaches the server, with TLS unless it says tcp://; without it, the first listener of the configuration",
        HelpName = "HOST:PORT",
    };

    private static readonly Option<string?> Out = new("--out")
    {
        Description = "A new file for the profile, readable by you only; without it, the output",
        HelpName = "FILE",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON" };

    /// <summary>The command, with all below it.</summary>
    public static Command Build(AdminCommands commands) =>
        new CommandWithExamples("key", "Keys by which machines log in as an account; also while the server runs", Examples)
        {
            commands.New("add", "Make a key and write the client's profile with it", [Account, Label, Server, Out], (session, parsed) =>
                KeyCommands.Add(
                    session, parsed.GetRequiredValue(Account), parsed.GetRequiredValue(Label), parsed.GetValue(Server), parsed.GetValue(Out))),
            commands.New("list", "Keys: ids and labels, never what is secret", [AnyAccount, Json], (session, parsed) =>
                KeyCommands.List(session, parsed.GetValue(AnyAccount), parsed.GetValue(Json) ? OutputForm.Json : OutputForm.Text)),
            commands.New("revoke", "Make a key worthless", [Id], (session, parsed) =>
                KeyCommands.Revoke(session, parsed.GetRequiredValue(Id))),
        };
}
