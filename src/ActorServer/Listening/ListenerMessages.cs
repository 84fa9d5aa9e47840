using System.Net;
using Akka.Event;

namespace ActorNet.Server.Listening;

/// <summary>Host to listener: bind and accept. Answered by <see cref="ListenerBound"/> or <see cref="ListenerFailed"/>.</summary>
public sealed record StartListening
{
    /// <summary>The only instance.</summary>
    public static readonly StartListening Instance = new();
}

/// <summary>The listener accepts connections at this address.</summary>
public sealed record ListenerBound(string Name, EndPoint Endpoint)
{
    /// <summary>Of the certificate it shows, as <see cref="Protocol.Auth.CertificateFingerprint"/> writes it; null: no TLS.</summary>
    public string? Fingerprint { get; init; }
}

/// <summary>The listener could not bind, or has no certificate.</summary>
public sealed record ListenerFailed(string Name, string Reason)
{
    /// <summary>What to do about it; null when the reason is the kernel's, and says it.</summary>
    public string? Advice { get; init; }
}

/// <summary>Host to listener: tell me when no connection is left. Answered by <see cref="ListenerEmpty"/>, perhaps at once.</summary>
public sealed record WhenEmpty
{
    /// <summary>The only instance.</summary>
    public static readonly WhenEmpty Instance = new();
}

/// <summary>The listener has no connection. No dead letter when whoever asked has given up waiting: stopping does.</summary>
public sealed record ListenerEmpty(string Name) : IDeadLetterSuppression;

/// <summary>Host to listener: how many connections are there? Answered by <see cref="ConnectionCount"/>.</summary>
public sealed record CountConnections
{
    /// <summary>The only instance.</summary>
    public static readonly CountConnections Instance = new();
}

/// <summary>Connections of a listener.</summary>
/// <param name="Name">The listener.</param>
/// <param name="Live">Accepted and not ended.</param>
/// <param name="BeforeLogin">Those of them that are not logged in.</param>
public sealed record ConnectionCount(string Name, int Live, int BeforeLogin);

/// <summary>Host to listener: close the port, now. What is still connected is cut off. Answered by <see cref="ListenerStopped"/>.</summary>
public sealed record StopListening
{
    /// <summary>The only instance.</summary>
    public static readonly StopListening Instance = new();
}

/// <summary>The port is closed, and no connection is left.</summary>
public sealed record ListenerStopped(string Name);
