using System.Text;
using ActorNet.Client.Profiles;

namespace ActorNet.Client.Trust;

/// <summary>
/// Which certificate each server showed at the first contact: <c>$XDG_CONFIG_HOME/actornet/known_hosts</c>, mode 0600, a
/// line per server, <c>host:port SHA256:base64</c>; empty lines and lines that begin with <c>#</c> say nothing. Read
/// anew for every connection. A file that is not whole and private stops every connection: no line of it is believed.
/// </summary>
/// <param name="path">The file. It need not exist.</param>
public sealed class KnownHosts(string path)
{
    private const string FileName = "known_hosts";

    /// <summary>The file of this process's user.</summary>
    public static KnownHosts FromEnvironment { get; } = Of(Environment.GetEnvironmentVariable);

    /// <summary>The file.</summary>
    public string Path => path;

    /// <summary>The file of an environment.</summary>
    /// <param name="environment">Reads an environment variable.</param>
    public static KnownHosts Of(Func<string, string?> environment) =>
        new(System.IO.Path.Combine(ConfigFolder.Of(environment), FileName));

    /// <summary>What is known of a server, and in which line (from 1); null when nothing is.</summary>
    /// <exception cref="ServerIdentityException">The file cannot be read or believed.</exception>
    public (Fingerprint Fingerprint, int Line)? Find(ServerAddress server) => Find(server, ReadText());

    /// <summary>
    /// Adds a server. When another client added it meanwhile that is as good, if it saw the same certificate.
    /// </summary>
    /// <exception cref="ServerIdentityException">
    /// The file cannot be believed or written, or knows another certificate of the server.
    /// </exception>
    public void Add(ServerAddress server, Fingerprint fingerprint)
    {
        try
        {
            using var exclusive = PrivateFile.Lock(path);
            var text = ReadText();
            if (Find(server, text) is { } known)
            {
                if (known.Fingerprint != fingerprint) throw Changed(server, known, fingerprint);
                return;
            }

            var end = text.Length == 0 || text.EndsWith('\n') ? "" : "\n";
            PrivateFile.Write(path, $"{text}{end}{server.HostAndPort} {fingerprint}\n");
        }
        catch (IOException e) when (e is not ActorNetException)
        {
            throw new ServerIdentityException(
                $"the certificate of {server.HostAndPort} cannot be kept in {path}, so nothing was sent: {e.Message}", e);
        }
    }

    internal ServerIdentityException Changed(
        ServerAddress server, (Fingerprint Fingerprint, int Line) known, Fingerprint shown) => new(
        $"the certificate of {server.HostAndPort} has changed: known is {known.Fingerprint}, shown was {shown}. "
        + "Either somebody stands between you and the server, or the server has a new certificate: "
        + "ask whoever runs it, or compare with what actorserver prints at its start. Only if it is new, remove line "
        + $"{known.Line} of {path} ({server.HostAndPort} {known.Fingerprint}) and connect again");

    private (Fingerprint Fingerprint, int Line)? Find(ServerAddress server, string text)
    {
        (Fingerprint Fingerprint, int Line)? found = null;
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0 || line.StartsWith('#')) continue;
            var words = line.Split(' ');
            if (words.Length != 2 || words[0].LastIndexOf(':') <= 0 || !Fingerprint.TryParse(words[1], out var fingerprint))
                throw Damaged($"line {i + 1} is not 'host:port SHA256:base64'");
            if (words[0] != server.HostAndPort) continue;
            if (found is { } other && other.Fingerprint != fingerprint)
                throw Damaged($"lines {other.Line} and {i + 1} know different certificates of {server.HostAndPort}");
            found ??= (fingerprint, i + 1);
        }

        return found;
    }

    private string ReadText()
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(PrivateFile.Read(path) ?? []);
        }
        catch (ArgumentException e)
        {
            throw Damaged("it is not UTF-8", e);
        }
        catch (IOException e)
        {
            throw new ServerIdentityException($"the known servers cannot be read, so nothing was sent: {e.Message}", e);
        }
    }

    private ServerIdentityException Damaged(string what, Exception? inner = null) =>
        new($"{path} is damaged, so nothing was sent: {what}; mend or remove that line, or restore the file", inner);
}
