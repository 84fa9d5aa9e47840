using System.Net;
using System.Security.Cryptography;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Access;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Connections;

/// <summary>A ConnectionActor with its own framing between a transport, a listener, accounts and a service that are all probes.</summary>
internal sealed class ConnectionBench
{
    public const string Account = "alice";
    public const string KeyId = "k-1";
    public const string Run = "b3f1c2d4";

    public static readonly byte[] Key = [.. Enumerable.Range(0, HmacLogin.KeyLength).Select(i => (byte)i)];

    public ConnectionBench(
        TestKitBase kit, ConnectionSettings? settings = null, ChannelSettings? channels = null, IActorRef? accounts = null,
        TransportProtection? protection = null, IActorRef? audit = null, ServiceAccess? access = null)
    {
        Transport = new FakeTransport(kit);
        Listener = kit.CreateTestProbe();
        Accounts = kit.CreateTestProbe();
        Service = kit.CreateTestProbe();
        var service = Service.Ref;
        var definition = new ServiceDefinition(
            "probe", TestLimits.Window, context => Props.Create(() => new ForwardingChannel(context, service)))
        {
            Access = access ?? ServiceAccess.Everybody,
        };
        var transport = Transport.Ref;
        var origin = new ConnectionOrigin("192.0.2.1:5", IPAddress.Parse("192.0.2.1"), protection ?? TransportProtection.None);
        var shared = TestLimits.Context(accounts ?? Accounts.Ref, settings, channels, definition) with
        {
            Audit = audit ?? kit.Sys.ActorOf<AuditStub>(),
        };
        Actor = Listener.ChildActorOf(Props.Create(() => new ConnectionActor(shared, transport, origin)), "conn-1");
        Transport.ExpectRegistered();
    }

    public FakeTransport Transport { get; }

    public TestProbe Listener { get; }

    /// <summary>In the place of the AccountsActor, unless another was given.</summary>
    public TestProbe Accounts { get; }

    /// <summary>Gets the ChannelContext of each channel, then everything that channel is told; the sender is the channel.</summary>
    public TestProbe Service { get; }

    public IActorRef Actor { get; }

    public Frame ClientHello { get; } = new ClientHello(
        [ProtocolLimits.Version], "spec", RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength)).ToFrame();

    public Frame ServerHello { get; private set; }

    public ConnectionBench Greet()
    {
        Transport.Deliver(ClientHello);
        ServerHello = Transport.ExpectFrame(FrameType.Hello);
        return this;
    }

    public Frame Auth(byte[]? key = null, string account = Account) => new Authenticate(
        HmacLogin.Mechanism,
        HmacLogin.ClientProof(key ?? Key, ClientHello.Payload.Span, ServerHello.Payload.Span, account), account).ToFrame();

    /// <summary>What the accounts answer for <see cref="Account"/>, or for one that has the problem.</summary>
    public static LoginMaterial Material(string? problem = null) => new(problem, null, [new CandidateKey(KeyId, Key)]);

    /// <summary>Greeted, AUTH sent, and the accounts have not answered.</summary>
    public ConnectionBench AskForLogin(byte[]? key = null)
    {
        Greet();
        Transport.Deliver(Auth(key));
        Accounts.ExpectMsg<BeginLogin>();
        return this;
    }

    /// <summary>The accounts answer: the key is right, and the session is open.</summary>
    public ConnectionBench LetIn(Rights? rights = null)
    {
        Accounts.Reply(Material());
        var open = Accounts.ExpectMsg<OpenSession>();
        Accounts.Reply(new SessionOpened(
            new Session(
                open.Account.Value, [], rights ?? Rights.All, open.Credential.Id, open.Mechanism, open.ConnectionId, open.Remote,
                DateTimeOffset.UnixEpoch),
            Device: null));
        return this;
    }

    public ConnectionBench Login()
    {
        AskForLogin().LetIn();
        Transport.ExpectFrame(FrameType.Authenticated);
        Listener.ExpectMsg<ConnectionAuthenticated>();
        return this;
    }

    public static Frame Open(uint channel, string service = "probe", uint window = 1000) =>
        new OpenChannel(service, window).ToFrame(channel);

    /// <summary>A channel of the probe's service, opened.</summary>
    public ChannelContext OpenChannel(uint channel)
    {
        Transport.Deliver(Open(channel));
        var context = Service.ExpectMsg<ChannelContext>();
        Service.ExpectMsg<StartChannel>();
        Service.Sender.Tell(new SendFrames(channel, [new ChannelOpened(1000).ToFrame(channel)]));
        Transport.ExpectFrame(FrameType.Opened);
        return context;
    }

    public ChannelRefused ExpectRefused(uint channel)
    {
        var frame = Transport.ExpectFrame(FrameType.Refused);
        Assert.Equal(channel, frame.Channel);
        return ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelRefused);
    }

    /// <summary>Tells a probe all it is told; sends what it is given; ends when told to.</summary>
    private sealed class ForwardingChannel : ReceiveActor
    {
        public ForwardingChannel(ChannelContext context, IActorRef probe)
        {
            probe.Tell(context);
            Receive<SendFrames>(frames => context.Framing.Tell(frames));
            Receive<EndChannel>(end =>
            {
                if (end.Last is { } last) context.Framing.Tell(new SendFrames(context.Id, [last]));
                if (end.Last is null) throw new InvalidOperationException("the service failed");
                Context.Stop(Self);
            });
            ReceiveAny(message => probe.Tell(message));
        }
    }

    /// <summary>To a channel: say this and stop; nothing to say: fail.</summary>
    public sealed record EndChannel(Frame? Last);
}
