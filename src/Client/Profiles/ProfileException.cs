namespace ActorNet.Client.Profiles;

/// <summary>
/// There is nothing to log in with, or the profile cannot be used; the message says which file, and what to do.
/// </summary>
public sealed class ProfileException(string message, Exception? inner = null) : ActorNetException(null, message, inner);
