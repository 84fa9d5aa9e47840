using System.Diagnostics.CodeAnalysis;

namespace ActorNet.Protocol.Auth;

/// <summary>A password as both sides compute with it: prepared by the OpaqueString profile (RFC 8265, section 4). Never printed.</summary>
public sealed class PreparedPassword
{
    /// <summary>Prepares what was typed.</summary>
    /// <param name="text">The password.</param>
    /// <param name="password">Null if it cannot be one.</param>
    /// <param name="problem">What is wrong with it, for the person who typed it; does not repeat it.</param>
    public static bool TryPrepare(
        string text, [NotNullWhen(true)] out PreparedPassword? password, [NotNullWhen(false)] out string? problem) =>
        throw new NotImplementedException();

    /// <summary>The UTF-8 bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => throw new NotImplementedException();

    /// <summary>Nothing of it.</summary>
    public override string ToString() => "(a password)";
}
