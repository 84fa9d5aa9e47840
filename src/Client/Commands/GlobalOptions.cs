using System.CommandLine;
using System.CommandLine.Parsing;
using ActorNet.Client.Profiles;

namespace ActorNet.Client.Commands;

/// <summary>Options of every command.</summary>
internal sealed class GlobalOptions
{
    private readonly Option<ServerAddress?> _server = new("--server")
    {
        Description = "The server; 127.0.0.1:7400 unless the profile says otherwise",
        HelpName = "HOST:PORT",
        Recursive = true,
        CustomParser = ParseServer,
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

    public IEnumerable<Option> All => [_server, _profile, _json];

    public ServerAddress? Server(ParseResult parsed) => parsed.GetValue(_server);

    public string? Profile(ParseResult parsed) => parsed.GetValue(_profile);

    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>For a line that did not parse.</summary>
    public bool IsJson(string[] args) => args.TakeWhile(a => a != "--").Contains(_json.Name);

    private static ServerAddress? ParseServer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ServerAddress.TryParse(text, out var address)) return address;
        result.AddError($"--server takes HOST:PORT, like 127.0.0.1:7400 or [::1]:7400, not '{text}'");
        return null;
    }
}
