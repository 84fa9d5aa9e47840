using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorNet.Server.Storage;

/// <summary>
/// What a client on this machine needs to log in without being told anything: address, account, key. Written for the
/// user who runs the node, where the client looks: <c>$XDG_CONFIG_HOME/actornet/profiles/127.0.0.1_7400.json</c>.
/// </summary>
/// <param name="Server">The address as a client writes it.</param>
/// <param name="Account">The account.</param>
/// <param name="Key">Its key in base64.</param>
public sealed record ClientProfile(string Server, string Account, string Key)
{
    // Of the client's ServerAddress: without a scheme, loopback is plaintext but for this port, and all else is TLS.
    private const int TlsPort = 7443;

    /// <summary>A profile for the node that listens at <paramref name="endpoint"/>.</summary>
    public static ClientProfile For(IPEndPoint endpoint, string account, byte[] key, bool isTls = false) =>
        new(AddressOf(Reachable(endpoint), isTls), account, Convert.ToBase64String(key));

    /// <summary>Writes the profile into <paramref name="directory"/> unless it stands there already.</summary>
    /// <returns>The file.</returns>
    public string Write(string directory)
    {
        // One by one: the mode is given to the last one only.
        if (Path.GetDirectoryName(directory) is { Length: > 0 } parent) PrivatePath.CreateDirectory(parent);
        PrivatePath.CreateDirectory(directory);
        var file = Path.Combine(directory, FileName);
        var json = JsonSerializer.Serialize(this, ClientProfileJson.Readable.ClientProfile) + "\n";
        if (!IsWritten(file, json)) AtomicFile.Write(file, json);
        return file;
    }

    /// <summary>The directory of the user's profiles, or null when the environment names no place for it.</summary>
    /// <param name="environment">Reads a variable.</param>
    public static string? DefaultDirectory(Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        // XDG Base Directory Specification: a relative path is to be ignored.
        var configured = environment("XDG_CONFIG_HOME");
        if (Path.IsPathRooted(configured)) return Path.Combine(configured, "actornet", "profiles");
        var home = environment("HOME");
        return Path.IsPathRooted(home) ? Path.Combine(home, ".config", "actornet", "profiles") : null;
    }

    /// <summary>Whether a client on this machine reaches <paramref name="endpoint"/> without leaving it.</summary>
    public static bool IsLocal(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return IPAddress.IsLoopback(Reachable(endpoint).Address);
    }

    /// <summary>Without the key.</summary>
    public override string ToString() => $"{Account} at {Server}";

    [JsonIgnore]
    internal string FileName
    {
        get
        {
            var endpoint = IPEndPoint.Parse(Server[(Server.LastIndexOf('/') + 1)..]);
            var host = endpoint.Address.ToString().Replace(':', '_');
            return $"{host}_{endpoint.Port}.json";
        }
    }

    // An address that means all of them is none to connect to; :: are those of IPv6 alone.
    private static IPEndPoint Reachable(IPEndPoint endpoint)
    {
        if (endpoint.Address.Equals(IPAddress.IPv6Any)) return new IPEndPoint(IPAddress.IPv6Loopback, endpoint.Port);
        return endpoint.Address.Equals(IPAddress.Any) ? new IPEndPoint(IPAddress.Loopback, endpoint.Port) : endpoint;
    }

    // With a scheme only where the client would take it for the other, as the client itself writes it.
    private static string AddressOf(IPEndPoint endpoint, bool isTls)
    {
        var isTakenForTls = endpoint.Port == TlsPort || !IPAddress.IsLoopback(endpoint.Address);
        return isTls == isTakenForTls ? $"{endpoint}" : $"{(isTls ? "tls" : "tcp")}://{endpoint}";
    }

    private static bool IsWritten(string file, string json) =>
        File.Exists(file)
        && (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & ~PrivatePath.OwnerReadsAndWrites) == 0)
        && File.ReadAllText(file) == json;
}

[JsonSerializable(typeof(ClientProfile))]
internal sealed partial class ClientProfileJson : JsonSerializerContext
{
    /// <summary>Leaves the + of base64 as it is.</summary>
    public static readonly ClientProfileJson Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
