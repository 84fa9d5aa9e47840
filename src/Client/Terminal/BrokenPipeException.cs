namespace ActorNet.Client.Terminal;

/// <summary>Whoever read our output has gone; there is nobody left to tell.</summary>
internal sealed class BrokenPipeException() : IOException("the reader of the output has gone");
