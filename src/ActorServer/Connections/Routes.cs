using ActorNet.Protocol.Frames;

namespace ActorNet.Server.Connections;

/// <summary>Who handles a frame of the client.</summary>
public enum FrameHandler
{
    /// <summary>The FramingActor itself, at once.</summary>
    Framing,

    /// <summary>The ConnectionActor; its states say when.</summary>
    Connection,

    /// <summary>The actor of the frame's channel, which must be open.</summary>
    Channel,
}

/// <summary>Who may send a frame when, and who handles it.</summary>
public sealed record Route(FrameType Type, FrameHandler Handler, bool BeforeLogin);

/// <summary>
/// Everything a client may send. A type that is not here is the server's own, and a protocol violation. What a peer without login can
/// reach is the first three rows.
/// </summary>
public static class Routes
{
    private static readonly Route[] Table =
    [
        new(FrameType.Hello, FrameHandler.Connection, BeforeLogin: true),
        new(FrameType.Auth, FrameHandler.Connection, BeforeLogin: true),
        new(FrameType.Goodbye, FrameHandler.Connection, BeforeLogin: true),

        new(FrameType.Ping, FrameHandler.Framing, BeforeLogin: false),
        new(FrameType.Pong, FrameHandler.Framing, BeforeLogin: false),
        new(FrameType.Open, FrameHandler.Connection, BeforeLogin: false),
        new(FrameType.Data, FrameHandler.Channel, BeforeLogin: false),
        new(FrameType.ExtendedData, FrameHandler.Channel, BeforeLogin: false),
        new(FrameType.Message, FrameHandler.Channel, BeforeLogin: false),
        new(FrameType.Window, FrameHandler.Channel, BeforeLogin: false),
        new(FrameType.Eof, FrameHandler.Channel, BeforeLogin: false),
        new(FrameType.Close, FrameHandler.Channel, BeforeLogin: false),
    ];

    // Asked for every frame.
    private static readonly Route?[] ByType =
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(type => Array.Find(Table, route => (int)route.Type == type))];

    /// <summary>All rows.</summary>
    public static IReadOnlyCollection<Route> All => Table;

    /// <summary>The row of <paramref name="type"/>, or null if a client may not send it.</summary>
    public static Route? Find(FrameType type) => ByType[(byte)type];
}
