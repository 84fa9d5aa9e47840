using System.CommandLine;

namespace ActorNet.Server.Administration;

/// <summary>The command line of <c>actorserver user</c>.</summary>
internal static class UserCommandLine
{
    private const string Examples = """
        Examples:
          actorserver user add ann --role member                 asks for a password, twice, without showing it
          actorserver user add ann --generate                    makes a password and shows it, this once
          actorserver user add robot --no-password               logs in by a key: actorserver key add robot --label ci
          secret-tool lookup user ann | actorserver user passwd ann --password-stdin
          actorserver user disable ann --data /var/lib/actornet  works while the server runs; it ends what ann has open
          actorserver user list --json

        A password is never taken from the command line: other users see that. A running node knows of every change within a second.
        Exit codes: 0 done, 1 not done, 2 wrong usage or configuration.
        """;

    private static readonly Argument<string> Name = new("NAME") { Description = "The account" };

    private static readonly Argument<string> Role = new("ROLE") { Description = "A role of actornet.access.roles" };

    private static readonly Option<string[]> Roles = new("--role")
    {
        Description = "A role of actornet.access.roles; may be repeated",
        HelpName = "ROLE",
    };

    private static readonly Option<bool> PasswordStdin = new("--password-stdin") { Description = "The password is the first line of the input" };

    private static readonly Option<bool> Generate = new("--generate") { Description = "Make a random password and show it once" };

    private static readonly Option<bool> NoPassword = new("--no-password") { Description = "No password: login by key only" };

    private static readonly Option<bool> Yes = new("--yes") { Description = "Do not ask" };

    private static readonly Option<bool> Json = new("--json") { Description = "One line of JSON" };

    /// <summary>The command, with all below it.</summary>
    public static Command Build(AdminCommands commands) =>
        new CommandWithExamples("user", "Accounts: make, change, list, remove; also while the server runs", Examples)
        {
            commands.New("add", StoreUse.MakeIfMissing, "Make an account", [Name, Roles, PasswordStdin, Generate, NoPassword], (session, parsed) =>
                UserCommands.Add(session, parsed.GetRequiredValue(Name), parsed.GetValue(Roles) ?? [], OriginOf(parsed))),
            commands.New("passwd", "Set the password of an account", [Name, PasswordStdin, Generate, NoPassword], (session, parsed) =>
                UserCommands.Passwd(session, parsed.GetRequiredValue(Name), OriginOf(parsed))),
            commands.New("list", "All accounts", [Json], (session, parsed) => UserCommands.List(session, FormOf(parsed))),
            commands.New("show", "One account: roles, keys, whether it has a password", [Name, Json], (session, parsed) =>
                UserCommands.Show(session, parsed.GetRequiredValue(Name), FormOf(parsed))),
            commands.New("disable", "Let an account log in no more, and end what it has open", [Name], (session, parsed) =>
                UserCommands.SetEnabled(session, parsed.GetRequiredValue(Name), isEnabled: false)),
            commands.New("enable", "Let an account log in again", [Name], (session, parsed) =>
                UserCommands.SetEnabled(session, parsed.GetRequiredValue(Name), isEnabled: true)),
            commands.New("delete", "Remove an account with its keys", [Name, Yes], (session, parsed) =>
                UserCommands.Delete(session, parsed.GetRequiredValue(Name), parsed.GetValue(Yes))),
            commands.New("grant", "Give an account a role", [Name, Role], (session, parsed) =>
                UserCommands.Grant(session, parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Role))),
            commands.New("revoke-role", "Take a role from an account", [Name, Role], (session, parsed) =>
                UserCommands.RevokeRole(session, parsed.GetRequiredValue(Name), parsed.GetRequiredValue(Role))),
        };

    private static PasswordOrigin OriginOf(ParseResult parsed)
    {
        PasswordOrigin[] chosen =
        [
            .. new[] { (PasswordStdin, PasswordOrigin.Input), (Generate, PasswordOrigin.Generated), (NoPassword, PasswordOrigin.None) }
                .Where(each => parsed.GetValue(each.Item1)).Select(each => each.Item2),
        ];
        return chosen switch
        {
            [] => PasswordOrigin.Terminal,
            [var one] => one,
            _ => throw AdminException.Usage("Only one of --password-stdin, --generate and --no-password can be given."),
        };
    }

    private static OutputForm FormOf(ParseResult parsed) => parsed.GetValue(Json) ? OutputForm.Json : OutputForm.Text;
}
