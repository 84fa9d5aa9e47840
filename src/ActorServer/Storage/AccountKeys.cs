using System.Security.Cryptography;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Storage;

/// <summary>
/// The pre-shared keys by which accounts log in: <c>keys/&lt;account&gt;.key</c>, 32 random bytes as one line of
/// base64, readable by the owner only. The first start makes the one of <see cref="Admin"/>.
/// </summary>
public sealed class AccountKeys
{
    /// <summary>The account that the first start makes.</summary>
    public const string Admin = "admin";

    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 32;

    private const string Extension = ".key";

    private AccountKeys(IReadOnlyDictionary<string, byte[]> keys, bool createdAdmin) =>
        (ByAccount, CreatedAdmin) = (keys, createdAdmin);

    /// <summary>This start made the key of <see cref="Admin"/>.</summary>
    public bool CreatedAdmin { get; }

    /// <summary>The keys.</summary>
    public IReadOnlyDictionary<string, byte[]> ByAccount { get; }

    /// <summary>
    /// Reads all keys of <paramref name="directory"/>, after making the one of <see cref="Admin"/> when it is missing.
    /// </summary>
    /// <exception cref="StartFailedException">A key is open to others, or is none.</exception>
    public static AccountKeys Open(string directory)
    {
        try
        {
            var admin = Path.Combine(directory, Admin + Extension);
            var createsAdmin = !File.Exists(admin);
            if (createsAdmin)
                AtomicFile.Write(admin, Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength)) + "\n");
            var keys = Directory.EnumerateFiles(directory, "*" + Extension)
                .ToDictionary(file => Path.GetFileNameWithoutExtension(file), Read, StringComparer.Ordinal);
            return new AccountKeys(keys, createsAdmin);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"the keys in {directory} cannot be used: {e.Message}");
        }
    }

    private static byte[] Read(string file)
    {
        PrivatePath.RequirePrivate(file);
        var text = File.ReadAllText(file).Trim();
        var key = new byte[KeyLength];
        if (Convert.TryFromBase64String(text, key, out var length) && length == KeyLength) return key;
        throw new StartFailedException(
            $"{file} is no key: it takes one line, {KeyLength} bytes in base64. Restore it, or remove it; "
            + $"the one of {Admin} is made anew at the next start.");
    }
}
