using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorNet.Protocol.Auth;

/// <summary>A password as both sides compute with it: prepared by the OpaqueString profile (RFC 8265, section 4). Never printed.</summary>
public sealed class PreparedPassword
{
    private readonly byte[] _bytes;

    private PreparedPassword(byte[] bytes) => _bytes = bytes;

    /// <summary>Prepares what was typed.</summary>
    /// <param name="text">The password.</param>
    /// <param name="password">Null if it cannot be one.</param>
    /// <param name="problem">What is wrong with it, for the person who typed it; does not repeat it.</param>
    public static bool TryPrepare(
        string text, [NotNullWhen(true)] out PreparedPassword? password, [NotNullWhen(false)] out string? problem)
    {
        problem = text.Length == 0 ? "The password is empty."
            : text.AsSpan().ContainsAnyExceptInRange(' ', '~') ? "The password has characters other than printable ASCII."
            : null;
        password = problem is null ? new PreparedPassword(Encoding.UTF8.GetBytes(text)) : null;
        return password is not null;
    }

    /// <summary>The UTF-8 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "(a password)";
}
