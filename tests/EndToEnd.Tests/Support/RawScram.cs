using System.Security.Cryptography;
using System.Text;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>A login by SCRAM without channel binding, step by step: it may stop or go wrong at any of them.</summary>
internal sealed class RawScram
{
    private readonly RawPeer _peer;

    private RawScram(RawPeer peer, Frame clientHello, Frame serverHello)
    {
        (_peer, ClientHello, ServerHello) = (peer, clientHello, serverHello);
    }

    public Frame ClientHello { get; }

    public Frame ServerHello { get; }

    /// <summary>The server's AUTH, once there is one.</summary>
    public Frame Challenge { get; private set; }

    /// <summary>HELLO both ways.</summary>
    public static async Task<RawScram> HelloAsync(RawPeer peer)
    {
        var hello = RawPeer.Hello();
        await peer.SendAsync(hello);
        return new RawScram(peer, hello, await peer.ReadAsync(FrameType.Hello));
    }

    /// <summary>When both HELLOs were said already.</summary>
    public static RawScram After(RawPeer peer, Frame clientHello, Frame serverHello) => new(peer, clientHello, serverHello);

    /// <summary>The client's first AUTH, and the challenge.</summary>
    public async Task<ScramClient> BeginAsync(string account) =>
        await TryBeginAsync(account) ?? throw new InvalidDataException($"AUTH expected, came {Challenge}");

    /// <summary>The same; null when the server would rather say goodbye.</summary>
    public async Task<ScramClient?> TryBeginAsync(string account)
    {
        Assert.True(AccountName.TryPrepare(account, out var name, out var problem), problem);
        var scram = new ScramClient(name, ClientHello.Payload, ServerHello.Payload, binding: null, serverLacksBinding: false);
        await _peer.SendAsync(Step(scram.First()));
        Challenge = await _peer.ReadAsync() ?? throw new InvalidDataException("AUTH expected, came the end");
        if (Challenge.Type != FrameType.Auth) return null;
        scram.ReadChallenge(ProtocolJson.Decode(Challenge.Payload, ProtocolJsonContext.Default.Authenticate).Data);
        return scram;
    }

    /// <summary>The client's last AUTH, by a password.</summary>
    public static Frame Final(ScramClient scram, string password)
    {
        Assert.True(PreparedPassword.TryPrepare(password, out var prepared, out var problem), problem);
        return Step(scram.Final(ScramKeys.Derive(prepared, scram.Salt, scram.Iterations)));
    }

    /// <summary>The client's last AUTH, by no password at all: as wrong as any, and made without the work.</summary>
    public static Frame WrongFinal(ScramClient scram) => Step(scram.Final(new ScramKeys(
        scram.Salt, scram.Iterations, RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32))));

    /// <summary>An AUTH of SCRAM with this in it.</summary>
    public static Frame Step(string data) => Step(Encoding.UTF8.GetBytes(data));

    /// <summary>What an AUTH says.</summary>
    public static string DataOf(in Frame auth) =>
        Encoding.UTF8.GetString(ProtocolJson.Decode(auth.Payload, ProtocolJsonContext.Default.Authenticate).Data);

    private static Frame Step(byte[] data) => new Authenticate(ScramMechanism.Plain, data).ToFrame();
}
