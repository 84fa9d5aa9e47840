using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Tests.Connections;

public sealed class HandshakeTests
{
    private static readonly string[] All = [ScramMechanism.Plus, HmacLogin.PlusMechanism, ScramMechanism.Plain, HmacLogin.Mechanism];

    private static Frame Hello(int[] versions, int nonce) => new ClientHello(versions, "spec/1", new byte[nonce]).ToFrame();

    private static (Handshake Handshake, Frame Answer, string ClientSoftware) Answer(
        Frame hello, string[]? mechanisms = null, params ChannelBinding[] bindings) =>
        Handshake.Answer(hello, mechanisms ?? All, bindings);

    private static ServerHello Said(Frame answer) => ProtocolJson.Decode(answer.Payload, ProtocolJsonContext.Default.ServerHello);

    [Fact]
    public void The_answer_picks_the_version_and_names_the_mechanisms()
    {
        var hello = Hello([9, ProtocolLimits.Version], ProtocolLimits.NonceLength);
        var (handshake, answer, software) = Answer(hello);
        var server = Said(answer);
        Assert.Equal(ProtocolLimits.Version, server.Version);
        Assert.Equal([ScramMechanism.Plain, HmacLogin.Mechanism], server.Mechanisms);
        Assert.Equal(server.Mechanisms, handshake.Mechanisms);
        Assert.Null(server.ChannelBindings);
        Assert.Equal(ProtocolLimits.NonceLength, server.Nonce.Length);
        Assert.Equal("spec/1", software);
        Assert.Equal(hello.Payload.ToArray(), handshake.ClientHello.ToArray());
        Assert.Equal(answer.Payload.ToArray(), handshake.ServerHello.ToArray());
    }

    [Fact]
    public void Every_answer_has_a_nonce_of_its_own()
    {
        var hello = Hello([ProtocolLimits.Version], ProtocolLimits.NonceLength);
        Assert.NotEqual(Answer(hello).Answer.Payload.ToArray(), Answer(hello).Answer.Payload.ToArray());
    }

    [Theory]
    [InlineData(ProtocolLimits.NonceLength - 1)]
    [InlineData(ProtocolLimits.NonceLength + 1)]
    public void A_nonce_of_another_length_is_invalid(int length)
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => Answer(Hello([ProtocolLimits.Version], length)));
        Assert.Equal(ErrorCode.Invalid, violation.Code);
    }

    [Fact]
    public void No_common_version_is_invalid_and_says_what_is_spoken()
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => Answer(Hello([2, 3], ProtocolLimits.NonceLength)));
        Assert.Equal(ErrorCode.Invalid, violation.Code);
        Assert.Contains("2, 3", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_binds_is_offered_where_there_is_something_to_bind_to_in_the_order_of_the_configuration()
    {
        var hello = Hello([ProtocolLimits.Version], ProtocolLimits.NonceLength);
        var server = Said(Answer(
            hello, null, new ChannelBinding(ChannelBinding.TlsExporter, new byte[32]),
            new ChannelBinding(ChannelBinding.TlsServerEndPoint, new byte[32])).Answer);
        Assert.Equal(All, server.Mechanisms);
        Assert.Equal([ChannelBinding.TlsExporter, ChannelBinding.TlsServerEndPoint], server.ChannelBindings);
    }

    [Fact]
    public void What_the_configuration_leaves_out_is_not_offered()
    {
        var hello = Hello([ProtocolLimits.Version], ProtocolLimits.NonceLength);
        var server = Said(Answer(hello, [HmacLogin.Mechanism], new ChannelBinding(ChannelBinding.TlsExporter, new byte[32])).Answer);
        Assert.Equal([HmacLogin.Mechanism], server.Mechanisms);
        Assert.Null(server.ChannelBindings);
    }
}
