namespace ActorNet.Server.Settings;

/// <summary>
/// The configuration cannot be used; every reason at once, one sentence each, starting with the key or the file.
/// </summary>
public sealed class InvalidSettingsException(IReadOnlyList<string> errors) : Exception(string.Join('\n', errors))
{
    /// <summary>What is wrong, never empty.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
