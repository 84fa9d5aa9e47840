using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Auth;

/// <summary>HMAC-SHA-256 and HMAC-SHA-256-PLUS: one proof each way over both HELLOs.</summary>
internal sealed class HmacMechanism(
    ReadOnlyMemory<byte> key, AccountName account, byte[] clientHello, byte[] serverHello, ChannelBinding? binding)
    : LoginMechanism
{
    public override string Name => binding is null ? HmacLogin.Mechanism : HmacLogin.PlusMechanism;

    public override string Account => account.Value;

    public override byte[] First() => HmacLogin.ClientProof(key.Span, clientHello, serverHello, account.Value, binding);

    public override bool IsProvenBy(byte[] data) =>
        HmacLogin.Matches(HmacLogin.ServerProof(key.Span, clientHello, serverHello, account.Value, binding), data);
}
