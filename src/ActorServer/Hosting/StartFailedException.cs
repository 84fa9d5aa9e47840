namespace ActorNet.Server.Hosting;

/// <summary>
/// The node cannot start. The message is the whole text for the person at the terminal: what is wrong, and what to do.
/// </summary>
public sealed class StartFailedException(string message) : Exception(message);
