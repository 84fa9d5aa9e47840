using System.Text;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Frames;

/// <summary>One frame of each type with its bytes, written by hand. They never change: they are version 1.</summary>
public sealed record GoldenFrame(FrameType Type, uint Channel, string Payload, string Hex)
{
    public static readonly GoldenFrame[] All =
    [
        new(FrameType.Hello, 0, "{}", "00000007 01 00000000 7b7d"),
        new(FrameType.Auth, 0, "{}", "00000007 02 00000000 7b7d"),
        new(FrameType.Authenticated, 0, "{}", "00000007 03 00000000 7b7d"),
        new(FrameType.Ping, 0, "hi", "00000007 04 00000000 6869"),
        new(FrameType.Pong, 0, "", "00000005 05 00000000"),
        new(FrameType.Goodbye, 0, "{}", "00000007 06 00000000 7b7d"),
        new(FrameType.Open, 1, "{}", "00000007 10 00000001 7b7d"),
        new(FrameType.Opened, 0x01020304, "{}", "00000007 11 01020304 7b7d"),
        new(FrameType.Refused, uint.MaxValue, "{}", "00000007 12 ffffffff 7b7d"),
        new(FrameType.Data, 1, "hello", "0000000a 13 00000001 68656c6c6f"),
        new(FrameType.ExtendedData, 1, "!", "00000006 14 00000001 21"),
        new(FrameType.Message, 1, "{}", "00000007 15 00000001 7b7d"),
        new(FrameType.Window, 1, "\0\u0001\0\0", "00000009 16 00000001 00010000"),
        new(FrameType.Eof, 1, "", "00000005 17 00000001"),
        new(FrameType.Close, 1, "{}", "00000007 18 00000001 7b7d"),
    ];

    public static TheoryData<FrameType> Types => [.. All.Select(golden => golden.Type)];

    public static GoldenFrame Of(FrameType type) => All.Single(golden => golden.Type == type);

    public byte[] Bytes => Wire.Hex(Hex);

    public Frame Frame => new(Type, Channel, Encoding.UTF8.GetBytes(Payload));

    /// <summary>Least and most payload of the type, stated a second time.</summary>
    public (int Least, int Most) Bounds => Type switch
    {
        FrameType.Ping or FrameType.Pong => (0, 64),
        FrameType.Window => (4, 4),
        FrameType.Eof => (0, 0),
        FrameType.Data or FrameType.ExtendedData => (1, 262_144),
        _ => (2, 262_144),
    };

    /// <summary>A whole conversation in one row of bytes.</summary>
    public static byte[] Conversation => [.. All.SelectMany(golden => golden.Bytes)];
}
