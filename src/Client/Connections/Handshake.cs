using System.Security.Cryptography;
using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Connections;

/// <summary>
/// HELLO, HELLO, AUTH as often as the mechanism has it, AUTHENTICATED. The proofs cover both HELLO payloads as they were
/// on the wire. Nothing the server says is believed before its proof is checked, except that it does not want us.
/// </summary>
internal sealed class Handshake(
    FrameSource source, Outbox outbox, IReadOnlyList<ChannelBinding> bindings, ClientOptions options)
{
    /// <summary>Logs in.</summary>
    /// <exception cref="ConnectFailedException">The server turned us away, or does not speak the protocol.</exception>
    /// <exception cref="LoginFailedException">One side did not prove who it is.</exception>
    public async Task<Login> RunAsync(CancellationToken cancellation)
    {
        var mechanism = await ChooseAsync(cancellation);
        try
        {
            var authenticated = await LogInAsync(mechanism, cancellation);
            source.LiftLoginLimit();
            return new Login(authenticated, mechanism.Name, mechanism.Keys);
        }
        catch (ProtocolViolationException e)
        {
            throw new LoginFailedException(null, $"the login at {options.Server} was broken off: {e.Message}", e);
        }
    }

    private async Task<LoginMechanism> ChooseAsync(CancellationToken cancellation)
    {
        try
        {
            var clientHello = new ClientHello(
                [ProtocolLimits.Version], options.Software, RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength),
                []).ToFrame();
            outbox.Enqueue(clientHello);

            // copied: the next read overwrites the frame, and the proofs are about these very bytes
            var bytes = (await ExpectAsync(FrameType.Hello, cancellation)).Payload.ToArray();
            var hello = ProtocolJson.Decode(bytes, ProtocolJsonContext.Default.ServerHello);
            if (hello.Version != ProtocolLimits.Version)
                throw new ConnectFailedException(
                    null,
                    $"{options.Server} speaks version {hello.Version} of the protocol "
                    + $"and this client version {ProtocolLimits.Version}");
            return MechanismChoice.Of(options, clientHello.Payload.ToArray(), bytes, hello, bindings);
        }
        catch (ProtocolViolationException e)
        {
            var hint = options.Server.Transport == Transport.Tls ? ""
                : $" A port with TLS is written tls://{options.Server.HostAndPort}.";
            throw new ConnectFailedException(
                null, $"{options.Server} does not speak this protocol: {e.Message}{hint}", e);
        }
    }

    private async Task<Authenticated> LogInAsync(LoginMechanism mechanism, CancellationToken cancellation)
    {
        var device = options.Device.IsEmpty ? null : options.Device.ToArray();
        Send(new Authenticate(mechanism.Name, mechanism.First(), mechanism.Account, device));
        if (mechanism.HasChallenge)
        {
            var payload = (await ExpectAsync(FrameType.Auth, cancellation)).Payload;
            var challenge = ProtocolJson.Decode(payload, ProtocolJsonContext.Default.Authenticate);
            if (challenge.Mechanism != mechanism.Name)
                throw new ProtocolViolationException($"{mechanism.Name} was answered by another mechanism.");
            Send(new Authenticate(mechanism.Name, await mechanism.AnswerAsync(challenge.Data, cancellation)));
        }

        var answer = (await ExpectAsync(FrameType.Authenticated, cancellation)).Payload;
        var authenticated = ProtocolJson.Decode(answer, ProtocolJsonContext.Default.Authenticated);
        if (!mechanism.IsProvenBy(authenticated.Data) || authenticated.Account != options.PreparedAccount().Value)
            throw new LoginFailedException(
                null,
                $"{options.Server} could not prove that it knows {options.Account}: "
                + "it is not the server this login is for");
        return authenticated;
    }

    private void Send(Authenticate step) => outbox.Enqueue(step.ToFrame());

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
