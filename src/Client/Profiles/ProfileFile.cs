using System.Text.Json;
using System.Text.Json.Serialization;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Profiles;

/// <summary>
/// A profile on the disk, mode 0600: <c>{"server":"127.0.0.1:7400","account":"admin","key":"base64 of 32 bytes"}</c>.
/// Read from one opened handle, so that what is checked is what is read.
/// </summary>
public static class ProfileFile
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private const int MaxSize = 64 * 1024;

    /// <summary>Reads <paramref name="path"/>.</summary>
    /// <exception cref="ProfileException">Missing, readable by others, or not a profile.</exception>
    public static Profile Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.SafeFileHandle) & Others) != 0)
                throw new ProfileException($"the profile {path} can be read by others; run: chmod 600 '{path}'");
            if (file.Length > MaxSize)
                throw new ProfileException($"{path} is not a profile: it has {file.Length} bytes, more than {MaxSize}");
            return Checked(path, JsonSerializer.Deserialize(file, ProfileJsonContext.Default.StoredProfile));
        }
        catch (JsonException e)
        {
            throw Malformed(path, $"the JSON is not right at line {e.LineNumber + 1}", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or (IOException and not ActorNetException))
        {
            throw new ProfileException($"cannot read the profile {path}: {e.Message}", e);
        }
    }

    private static Profile Checked(string path, StoredProfile? stored)
    {
        if (stored?.Server is null || !ServerAddress.TryParse(stored.Server, out var server))
            throw Malformed(path, "'server' is not HOST:PORT");
        if (string.IsNullOrEmpty(stored.Account))
            throw Malformed(path, "'account' is missing");
        var key = new byte[HmacLogin.KeyLength + 1];
        if (!Convert.TryFromBase64String(stored.Key ?? "", key, out var length) || length != HmacLogin.KeyLength)
            throw Malformed(path, $"'key' is not base64 of {HmacLogin.KeyLength} bytes");
        return new Profile(server, stored.Account, key[..length]);
    }

    // Never the content: the key is in it.
    private static ProfileException Malformed(string path, string what, Exception? inner = null) =>
        new($"the profile {path} cannot be used: {what}; copy it from the server again", inner);
}

internal sealed record StoredProfile(string? Server, string? Account, string? Key);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredProfile))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext;
