namespace ActorNet.Protocol.Auth;

/// <summary>
/// What both ends of one TLS connection know of it and nobody else: a proof made over it cannot be passed on through another (RFC 5056).
/// </summary>
/// <param name="Type">The registered name: <see cref="TlsExporter"/> or <see cref="TlsServerEndPoint"/>.</param>
/// <param name="Data">The binding itself.</param>
public sealed record ChannelBinding(string Type, ReadOnlyMemory<byte> Data)
{
    /// <summary>32 bytes exported from the TLS session, new for every connection (RFC 9266).</summary>
    public const string TlsExporter = "tls-exporter";

    /// <summary>The hash of the server's certificate (RFC 5929, section 4).</summary>
    public const string TlsServerEndPoint = "tls-server-end-point";
}
