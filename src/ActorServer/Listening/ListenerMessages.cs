using System.Net;

namespace ActorNet.Server.Listening;

/// <summary>Host to listener: bind. Answered by <see cref="ListenerBound"/> or <see cref="ListenerFailed"/>.</summary>
public sealed record StartListening
{
    /// <summary>The only instance.</summary>
    public static readonly StartListening Instance = new();
}

/// <summary>The listener listens; <paramref name="Endpoint"/> has the port that was chosen when 0 was asked for.</summary>
public sealed record ListenerBound(string Name, EndPoint Endpoint);

/// <summary>The listener cannot listen.</summary>
public sealed record ListenerFailed(string Name, string Reason);

/// <summary>Host to listener: tell me when no connection is left. Answered by <see cref="ListenerEmpty"/>, at once or later.</summary>
public sealed record WhenEmpty
{
    /// <summary>The only instance.</summary>
    public static readonly WhenEmpty Instance = new();
}

/// <summary>No connection is left.</summary>
public sealed record ListenerEmpty(string Name);

/// <summary>Host to listener: unbind. Answered by <see cref="ListenerStopped"/>.</summary>
public sealed record StopListening
{
    /// <summary>The only instance.</summary>
    public static readonly StopListening Instance = new();
}

/// <summary>The listener no longer listens.</summary>
public sealed record ListenerStopped(string Name);
