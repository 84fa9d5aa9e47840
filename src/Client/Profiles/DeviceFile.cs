using System.Text;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Profiles;

/// <summary>
/// What servers gave this device, to show at the next login: <c>$XDG_CONFIG_HOME/actornet/devices</c>, mode 0600, a line
/// per server and account, <c>host:port account base64</c>. A token lets nobody in; it only keeps a known device from
/// waiting behind strangers who guess passwords. So a file that cannot be used stops nothing: the login goes on without.
/// </summary>
internal sealed class DeviceFile(string path)
{
    // The limit of the protocol; a longer one is not kept.
    private const int MaxToken = 128;

    public static DeviceFile Of(Func<string, string?> environment) =>
        new(Path.Combine(ConfigFolder.Of(environment), "devices"));

    /// <summary>What the server gave for this account, or nothing.</summary>
    public ReadOnlyMemory<byte> Find(ServerAddress server, AccountName account)
    {
        try
        {
            var start = StartOf(server, account);
            var line = ReadLines().FirstOrDefault(l => l.StartsWith(start, StringComparison.Ordinal));
            var token = new byte[MaxToken];
            return line is not null && Convert.TryFromBase64String(line[start.Length..], token, out var length)
                ? token.AsMemory(0, length)
                : default;
        }
        catch (IOException)
        {
            return default;
        }
    }

    /// <summary>Keeps what the server gave, in place of what it gave before.</summary>
    public void Keep(ServerAddress server, AccountName account, byte[] token)
    {
        if (token.Length is 0 or > MaxToken) return;
        try
        {
            using var exclusive = PrivateFile.Lock(path);
            var start = StartOf(server, account);
            var others = ReadLinesOrNone().Where(l => !l.StartsWith(start, StringComparison.Ordinal));
            PrivateFile.Write(
                path, string.Concat(others.Append(start + Convert.ToBase64String(token)).Select(line => line + "\n")));
        }
        catch (IOException)
        {
            // the next login is one of an unknown device
        }
    }

    // A file that others can write, or that is too large, is begun anew.
    private string[] ReadLinesOrNone()
    {
        try
        {
            return ReadLines();
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string StartOf(ServerAddress server, AccountName account) => $"{server.HostAndPort} {account.Value} ";

    private string[] ReadLines() => Encoding.UTF8.GetString(PrivateFile.Read(path) ?? [])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
