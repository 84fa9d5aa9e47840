using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class HandshakeTests
{
    private static Frame Hello(int[] versions, int nonce) => new ClientHello(versions, "spec/1", new byte[nonce]).ToFrame();

    [Fact]
    public void The_answer_picks_the_version_and_names_the_mechanisms()
    {
        var hello = Hello([9, ProtocolLimits.Version], ProtocolLimits.NonceLength);
        var (handshake, answer, software) = Handshake.Answer(hello);
        var server = ProtocolJson.Decode(answer.Payload, ProtocolJsonContext.Default.ServerHello);
        Assert.Equal(ProtocolLimits.Version, server.Version);
        Assert.Equal([HmacLogin.Mechanism], server.Mechanisms);
        Assert.Equal(ProtocolLimits.NonceLength, server.Nonce.Length);
        Assert.Equal("spec/1", software);
        Assert.Equal(hello.Payload.ToArray(), handshake.ClientHello.ToArray());
        Assert.Equal(answer.Payload.ToArray(), handshake.ServerHello.ToArray());
    }

    [Fact]
    public void Every_answer_has_a_nonce_of_its_own()
    {
        var hello = Hello([ProtocolLimits.Version], ProtocolLimits.NonceLength);
        Assert.NotEqual(Handshake.Answer(hello).Answer.Payload.ToArray(), Handshake.Answer(hello).Answer.Payload.ToArray());
    }

    [Theory]
    [InlineData(ProtocolLimits.NonceLength - 1)]
    [InlineData(ProtocolLimits.NonceLength + 1)]
    public void A_nonce_of_another_length_is_invalid(int length)
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => Handshake.Answer(Hello([ProtocolLimits.Version], length)));
        Assert.Equal(ErrorCode.Invalid, violation.Code);
    }

    [Fact]
    public void No_common_version_is_invalid_and_says_what_is_spoken()
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => Handshake.Answer(Hello([2, 3], ProtocolLimits.NonceLength)));
        Assert.Equal(ErrorCode.Invalid, violation.Code);
        Assert.Contains("2, 3", violation.Message, StringComparison.Ordinal);
    }
}
