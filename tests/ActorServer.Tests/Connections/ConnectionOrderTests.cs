using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Auth;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Every type of frame in every state of a connection: what is let through, and the code of the goodbye for what is not.</summary>
public sealed class ConnectionOrderTests : ActorSpec
{
    public enum State
    {
        Greeting,
        Greeted,
        Authenticating,
        Ready,
    }

    private const string Answered = "answered";
    private const string Unanswered = "unanswered";
    private const string GoodbyeWithoutCode = "goodbye without a code";

    public static TheoryData<State, FrameType> Everything()
    {
        var all = new TheoryData<State, FrameType>();
        foreach (var state in Enum.GetValues<State>())
        {
            foreach (var type in Enum.GetValues<FrameType>()) all.Add(state, type);
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Everything))]
    public void Each_frame_in_each_state_has_its_answer(State state, FrameType type)
    {
        var bench = In(state);
        bench.Transport.Deliver(Sample(bench, type));
        switch (Expected(state, type))
        {
            case Answered:
                Assert.NotEqual(FrameType.Goodbye, bench.Transport.ExpectFrame().Type);
                break;
            case Unanswered:
                if (state == State.Ready) bench.Transport.Deliver(FramingBench.Ping(1));
                if (state == State.Ready) bench.Transport.ExpectFrame(FrameType.Pong);
                else bench.Accounts.ExpectMsg<BeginLogin>();
                break;
            case GoodbyeWithoutCode:
                Assert.Null(bench.Transport.ExpectGoodbye());
                break;
            case var code:
                Assert.Equal(code, bench.Transport.ExpectGoodbye()?.ToWire());
                break;
        }
    }

    private static string Expected(State state, FrameType type) => (state, type) switch
    {
        (_, FrameType.Goodbye) => GoodbyeWithoutCode,
        (_, FrameType.Authenticated or FrameType.Opened or FrameType.Refused) => "protocol-violation",
        (State.Greeting, FrameType.Hello) => Answered,
        (State.Greeted, FrameType.Auth) => Unanswered,
        (State.Ready, FrameType.Ping or FrameType.Open) => Answered,
        // A CLOSE may have crossed a REFUSED.
        (State.Ready, FrameType.Pong or FrameType.Close) => Unanswered,
        (State.Ready, _) => "protocol-violation",
        (_, FrameType.Hello or FrameType.Auth) => "protocol-violation",
        _ => "unauthenticated",
    };

    private ConnectionBench In(State state)
    {
        var bench = new ConnectionBench(this);
        return state switch
        {
            State.Greeting => bench,
            State.Greeted => bench.Greet(),
            State.Authenticating => bench.AskForLogin(),
            _ => bench.Login(),
        };
    }

    // A frame that would be right in its own place. Channel 9 is not open; OPEN asks for a service that is not there.
    private static Frame Sample(ConnectionBench bench, FrameType type) => type switch
    {
        FrameType.Hello => bench.ClientHello,
        FrameType.Auth => bench.Auth(),
        FrameType.Authenticated => new Authenticated("alice", [], "node", [], 1).ToFrame(),
        FrameType.Goodbye => new Goodbye().ToFrame(),
        FrameType.Ping or FrameType.Pong => new Frame(type, 0, new byte[] { 1 }),
        FrameType.Open => ConnectionBench.Open(9, "nowhere"),
        FrameType.Eof => FramingBench.Eof(9),
        FrameType.Window => WindowGrant.ToFrame(9, 1),
        _ => new Frame(type, 9, "{}"u8.ToArray()),
    };
}
