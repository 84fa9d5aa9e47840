using System.CommandLine;
using System.CommandLine.Parsing;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;

namespace ActorNet.Client.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<ServerAddress?> _server = new("--server")
    {
        Description = "The server: HOST[:PORT] or tls://HOST[:PORT] with TLS (port 7443), tcp://HOST[:PORT] in plaintext "
            + "(port 7400); loopback addresses without either are plaintext, but for port 7443. Else the one of the profile or the last login, "
            + "else 127.0.0.1:7400",
        HelpName = "HOST[:PORT]",
        Recursive = true,
        CustomParser = ParseServer,
    };

    private readonly Option<string?> _account = new("--account")
    {
        Description = "Who logs in; the profile's account when there is one",
        HelpName = "NAME",
        Recursive = true,
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = $"The file with the password in its first line, which others cannot read; else ${Passwords.Variable}, "
            + "else the terminal is asked",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<Fingerprint?> _fingerprint = new("--fingerprint")
    {
        Description = "The server's certificate as actorserver prints it at its start: no other is accepted",
        HelpName = "SHA256:…",
        Recursive = true,
        CustomParser = ParseFingerprint,
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = $"The file with account and key; else ${ProfileStore.Variable}, " +
            "else actornet/profiles/HOST_PORT.json in $XDG_CONFIG_HOME or ~/.config",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Results as JSON on stdout, errors as JSON on stderr",
        Recursive = true,
    };

    public IEnumerable<Option> All => [_server, _account, _passwordFile, _fingerprint, _profile, _json];

    public ServerAddress? Server(ParseResult parsed) => parsed.GetValue(_server);

    public string? Account(ParseResult parsed) => parsed.GetValue(_account);

    public string? PasswordFile(ParseResult parsed) => parsed.GetValue(_passwordFile);

    public Fingerprint? Fingerprint(ParseResult parsed) => parsed.GetValue(_fingerprint);

    public string? Profile(ParseResult parsed) => parsed.GetValue(_profile);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>For a line that did not parse.</summary>
    public bool IsJson(string[] args) => args.TakeWhile(a => a != "--").Contains(_json.Name);

    private static ServerAddress? ParseServer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ServerAddress.TryParse(text, out var address)) return address;
        result.AddError(
            $"--server takes HOST[:PORT], tls://HOST[:PORT] or tcp://HOST[:PORT], like node.example or [::1]:7400, not '{text}'");
        return null;
    }

    private static Fingerprint? ParseFingerprint(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Trust.Fingerprint.TryParse(text, out var fingerprint)) return fingerprint;
        result.AddError($"--fingerprint takes SHA256: and 43 characters, as actorserver prints it, not '{text}'");
        return null;
    }
}
