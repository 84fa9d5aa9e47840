using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Profiles;

/// <summary>
/// A profile on the disk, mode 0600: <c>{"server":"127.0.0.1:7400","account":"admin","key":"base64 of 32 bytes"}</c>, or
/// in the place of the key what <c>actornet login</c> keeps of a password,
/// <c>"scram":{"salt":"…","iterations":100000,"client_key":"…","server_key":"…"}</c>: not the password, and as good as
/// the password at this server until the password changes.
/// </summary>
public static class ProfileFile
{
    private const int MaxSize = 64 * 1024;

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="ProfileException">Missing, readable by others, or not a profile.</exception>
    public static Profile Read(string path)
    {
        try
        {
            var content = PrivateFile.Read(path, MaxSize) ?? throw new ProfileException($"there is no profile {path}");
            return Checked(path, JsonSerializer.Deserialize(content, ProfileJsonContext.Default.StoredProfile));
        }
        catch (JsonException e)
        {
            throw Malformed(path, $"the JSON is not right at line {e.LineNumber + 1}", e);
        }
        catch (IOException e) when (e is not ActorNetException)
        {
            throw new ProfileException($"cannot read the profile: {e.Message}", e);
        }
    }

    /// <summary>Writes what a login by password left, in place of what is there.</summary>
    /// <exception cref="ProfileException">It cannot be written.</exception>
    internal static void Write(string path, ServerAddress server, string account, ScramKeys keys)
    {
        var stored = new StoredProfile(
            server.ToString(), account, null,
            new StoredScram(
                Convert.ToBase64String(keys.Salt), keys.Iterations, Convert.ToBase64String(keys.ClientKey),
                Convert.ToBase64String(keys.ServerKey)));
        try
        {
            PrivateFile.Write(path, JsonSerializer.Serialize(stored, ProfileJsonContext.Readable.StoredProfile) + "\n");
        }
        catch (IOException e)
        {
            throw new ProfileException($"cannot write the profile {path}: {e.Message}", e);
        }
    }

    private static Profile Checked(string path, StoredProfile? stored)
    {
        if (stored?.Server is null || !ServerAddress.TryParse(stored.Server, out var server))
            throw Malformed(path, "'server' is not HOST:PORT");
        if (string.IsNullOrEmpty(stored.Account))
            throw Malformed(path, "'account' is missing");
        if (stored.Scram is { } scram) return new Profile(server, stored.Account, Checked(path, scram));
        return TryBytes(stored.Key, HmacLogin.KeyLength, out var key)
            ? new Profile(server, stored.Account, key)
            : throw Malformed(path, $"'key' is not base64 of {HmacLogin.KeyLength} bytes");
    }

    private static ScramKeys Checked(string path, StoredScram scram)
    {
        const int keyLength = 32;
        var salt = new byte[MaxSize];
        if (!Convert.TryFromBase64String(scram.Salt ?? "", salt, out var length) || length == 0
            || scram.Iterations < ScramMechanism.MinIterations
            || !TryBytes(scram.ClientKey, keyLength, out var clientKey)
            || !TryBytes(scram.ServerKey, keyLength, out var serverKey))
            throw new ProfileException($"the profile {path} cannot be used: 'scram' is not right; run actornet login again");
        return new ScramKeys(salt[..length], scram.Iterations, clientKey, serverKey);
    }

    private static bool TryBytes(string? base64, int length, [NotNullWhen(true)] out byte[]? bytes)
    {
        var buffer = new byte[length + 1];
        bytes = Convert.TryFromBase64String(base64 ?? "", buffer, out var count) && count == length ? buffer[..length] : null;
        return bytes is not null;
    }

    // Never the content: the key is in it.
    private static ProfileException Malformed(string path, string what, Exception? inner = null) =>
        new($"the profile {path} cannot be used: {what}; copy it from the server again, or run actornet login", inner);
}

// A class, and not a record: no member of it is ever printed.
internal sealed class StoredProfile(string? server, string? account, string? key, StoredScram? scram = null)
{
    public string? Server => server;

    public string? Account => account;

    public string? Key => key;

    public StoredScram? Scram => scram;
}

internal sealed class StoredScram(string? salt, int iterations, string? clientKey, string? serverKey)
{
    public string? Salt => salt;

    public int Iterations => iterations;

    public string? ClientKey => clientKey;

    public string? ServerKey => serverKey;
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredProfile))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext
{
    /// <summary>Leaves the + of base64 as it is.</summary>
    public static readonly ProfileJsonContext Readable = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
