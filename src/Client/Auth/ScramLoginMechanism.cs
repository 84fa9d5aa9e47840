using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Auth;

/// <summary>SCRAM-SHA-256 and SCRAM-SHA-256-PLUS, from a password or from keys kept of an earlier login.</summary>
internal sealed class ScramLoginMechanism(ScramClient scram, ScramCredentials credentials) : LoginMechanism
{
    private ScramKeys? _keys;

    public override string Name => scram.Mechanism;

    public override bool HasChallenge => true;

    public override ScramKeys? Keys => _keys;

    public override byte[] First() => scram.First();

    public override async Task<byte[]> AnswerAsync(byte[] challenge, CancellationToken cancellation)
    {
        scram.ReadChallenge(challenge);
        _keys = await credentials.KeysForAsync(scram.Salt, scram.Iterations, cancellation);
        return scram.Final(_keys);
    }

    public override bool IsProvenBy(byte[] data) => scram.VerifyServer(data);
}
