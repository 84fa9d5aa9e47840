using ActorNet.Client.Profiles;

namespace ActorNet.Client.Trust;

/// <summary>
/// The decision on one certificate: pinning at the first use, and no certificate authority. What is known is read before
/// the connection is made, so that a damaged file stops it before a byte is sent.
/// </summary>
internal sealed class ServerPin
{
    private readonly ServerAddress _server;
    private readonly KnownHosts? _hosts;
    private readonly Fingerprint? _wanted;
    private readonly (Fingerprint Fingerprint, int Line)? _known;

    public ServerPin(ClientOptions options)
    {
        (_server, _hosts, _wanted) = (options.Server, options.KnownHosts, options.Fingerprint);
        _known = _hosts?.Find(_server);
    }

    /// <summary>What the server showed.</summary>
    public Fingerprint? Shown { get; private set; }

    /// <summary>Whether this is the certificate to expect.</summary>
    /// <param name="certificate">In DER.</param>
    public bool Accepts(ReadOnlySpan<byte> certificate)
    {
        Shown = Fingerprint.Of(certificate);
        return Shown == (_known?.Fingerprint ?? _wanted) && (_wanted is null || Shown == _wanted);
    }

    /// <summary>Keeps what was accepted. Nothing is said to the server before this has returned.</summary>
    /// <exception cref="ServerIdentityException">It cannot be kept.</exception>
    public void Keep()
    {
        if (_known is null) _hosts?.Add(_server, Shown!);
    }

    /// <summary>Why the certificate was not accepted; null if it was not even seen.</summary>
    public ServerIdentityException? Refusal()
    {
        if (Shown is null) return null;
        if (_known is { } known && known.Fingerprint != Shown) return _hosts!.Changed(_server, known, Shown);
        if (_wanted is not null && _wanted != Shown)
            return new ServerIdentityException(
                $"the certificate of {_server.HostAndPort} is not the one asked for: --fingerprint says {_wanted}, "
                + $"shown was {Shown}; nothing was sent. Compare both with what actorserver prints at its start");
        return _known is null && _wanted is null ? new UnknownServerException(_server.HostAndPort, Shown) : null;
    }
}
