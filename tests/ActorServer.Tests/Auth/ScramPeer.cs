using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Tests.Connections;

namespace ActorNet.Server.Tests.Auth;

/// <summary>The client's side of a login by SCRAM on a bench, step by step.</summary>
internal sealed class ScramPeer(
    ConnectionBench bench, TestPassword password, string account = ConnectionBench.Account, ChannelBinding? binding = null,
    bool lacksBinding = false)
{
    private readonly ScramClient _client = new(
        TestAccounts.Name(account), bench.ClientHello.Payload, bench.ServerHello.Payload, binding, lacksBinding);

    public byte[] Salt => _client.Salt;

    public int Iterations => _client.Iterations;

    public Frame First(byte[]? device = null) => new Authenticate(_client.Mechanism, _client.First(), Device: device).ToFrame();

    /// <summary>Answers the server's challenge.</summary>
    public Frame Final(in Frame challenge)
    {
        _client.ReadChallenge(ProtocolJson.Decode(challenge.Payload, ProtocolJsonContext.Default.Authenticate).Data);
        return new Authenticate(_client.Mechanism, _client.Final(password.KeysFor(_client))).ToFrame();
    }

    /// <summary>Sends the first AUTH and the second; what comes then is the caller's to expect.</summary>
    public ScramPeer Try(byte[]? device = null)
    {
        bench.Transport.Deliver(First(device));
        bench.Transport.Deliver(Final(bench.Transport.ExpectFrame(FrameType.Auth)));
        return this;
    }

    /// <summary>Logs in; the server has proven that it knows the account.</summary>
    public Authenticated Login(byte[]? device = null)
    {
        Try(device);
        var answer = ProtocolJson.Decode(
            bench.Transport.ExpectFrame(FrameType.Authenticated).Payload, ProtocolJsonContext.Default.Authenticated);
        Assert.True(_client.VerifyServer(answer.Data));
        return answer;
    }
}
