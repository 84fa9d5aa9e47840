using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Connections;

/// <summary>
/// HELLO, HELLO, AUTH, AUTHENTICATED. The proofs cover both HELLO payloads as they were on the wire. Nothing the server
/// says is believed before its proof is checked, except that it does not want us.
/// </summary>
internal sealed class Handshake(FrameSource source, Outbox outbox, ClientOptions options)
{
    /// <summary>Logs in.</summary>
    /// <exception cref="ConnectFailedException">The server turned us away, or does not speak the protocol.</exception>
    /// <exception cref="LoginFailedException">One side did not prove who it is.</exception>
    public async Task<Authenticated> RunAsync(CancellationToken cancellation)
    {
        try
        {
            var authenticated = await LogInAsync(cancellation);
            source.LiftLoginLimit();
            return authenticated;
        }
        catch (ProtocolViolationException e)
        {
            throw new ConnectFailedException(null, $"{options.Server} does not speak this protocol: {e.Message}", e);
        }
    }

    private async Task<Authenticated> LogInAsync(CancellationToken cancellation)
    {
        var clientHello = new ClientHello(
            [ProtocolLimits.Version], options.Software, RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength),
            []).ToFrame();
        outbox.Enqueue(clientHello);

        // copied: the next read overwrites the frame, and the proofs are about these very bytes
        var serverHello = (await ExpectAsync(FrameType.Hello, cancellation)).Payload.ToArray();
        Check(ProtocolJson.Decode(serverHello, ProtocolJsonContext.Default.ServerHello));

        var clientBytes = clientHello.Payload.Span;
        var proof = HmacLogin.ClientProof(options.Key.Span, clientBytes, serverHello, options.Account);
        var expected = HmacLogin.ServerProof(options.Key.Span, clientBytes, serverHello, options.Account);
        outbox.Enqueue(new Authenticate(HmacLogin.Mechanism, proof, options.Account).ToFrame());

        var answer = (await ExpectAsync(FrameType.Authenticated, cancellation)).Payload;
        var authenticated = ProtocolJson.Decode(answer, ProtocolJsonContext.Default.Authenticated);
        if (!HmacLogin.Matches(expected, authenticated.Data) || authenticated.Account != options.Account)
            throw new LoginFailedException(
                null,
                $"{options.Server} could not prove that it knows the key of {options.Account}: "
                + "it is not the server this key is for");
        return authenticated;
    }

    private void Check(ServerHello hello)
    {
        if (hello.Version != ProtocolLimits.Version)
            throw new ConnectFailedException(
                null,
                $"{options.Server} speaks version {hello.Version} of the protocol "
                + $"and this client version {ProtocolLimits.Version}");
        if (!hello.Mechanisms.Contains(HmacLogin.Mechanism))
            throw new LoginFailedException(
                null, $"{options.Server} takes no logins by {HmacLogin.Mechanism}, the only way this client knows");
    }

    private async Task<Frame> ExpectAsync(FrameType type, CancellationToken cancellation)
    {
        while (true)
        {
            while (source.TryTake(out var frame))
            {
                if (frame.Type == type) return frame;
                if (frame.Type == FrameType.Goodbye)
                    throw TurnedAway(ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.Goodbye));
                throw new ProtocolViolationException($"{frame.Type.ToWire()} came where {type.ToWire()} belongs.");
            }

            if (!await source.ReadAsync(cancellation))
                throw new ConnectFailedException(
                    null, $"{options.Server} closed the connection before the login was done");
        }
    }

    private ActorNetException TurnedAway(Goodbye goodbye)
    {
        var said = GoodbyeText.Of(goodbye);
        return goodbye.Code is ErrorCode.Unauthenticated or ErrorCode.Forbidden
            ? new LoginFailedException(goodbye.Code, $"{options.Server} did not let {options.Account} in: {said}")
            : new ConnectFailedException(goodbye.Code, $"{options.Server} turned the connection away: {said}");
    }
}
