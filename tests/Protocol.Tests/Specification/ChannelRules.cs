using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>The rules of section 6 and 7, in the order of the page: throws on the first frame that breaks one.</summary>
internal sealed class ChannelRules(uint channel)
{
    private static readonly ProtocolJsonContext Forms = ProtocolJsonContext.Default;
    private readonly Dictionary<string, SendWindow> _windows = [];
    private readonly HashSet<(string Side, FrameType Type)> _sent = [];

    /// <summary>Refused, or closed by both: the number is free.</summary>
    public bool IsFree { get; private set; }

    public void Take(FrameExample example)
    {
        var (type, side) = (example.Frame.Type, example.Side);
        Require(!IsFree, example, "the channel is over");
        Require(!_sent.Contains((side, FrameType.Close)), example, "follows its sender's CLOSE");
        if (type is FrameType.Data or FrameType.ExtendedData or FrameType.Message or FrameType.Eof)
            Require(!_sent.Contains((side, FrameType.Eof)), example, "follows its sender's EOF");
        if (type is not (FrameType.Open or FrameType.Opened or FrameType.Refused or FrameType.Close))
            Require(_sent.Contains(("S", FrameType.Opened)), example, "comes before OPENED");
        Require((type is FrameType.Open) == (_sent.Count == 0), example, "OPEN comes first and once");
        _sent.Add((side, type));
        switch (type)
        {
            case FrameType.Open:
                _windows["S"] = new SendWindow(channel, ProtocolJson.Decode(example.Frame.Payload, Forms.OpenChannel).Window);
                break;
            case FrameType.Opened:
                _windows["C"] = new SendWindow(channel, ProtocolJson.Decode(example.Frame.Payload, Forms.ChannelOpened).Window);
                break;
            case FrameType.Window:
                _windows[side == "C" ? "S" : "C"].Grow(WindowGrant.Parse(example.Frame));
                break;
            case FrameType.Data or FrameType.ExtendedData or FrameType.Message:
                _windows[side].Spend(example.Frame.WindowCost);
                break;
        }

        IsFree = type == FrameType.Refused || (_sent.Contains(("C", FrameType.Close)) && _sent.Contains(("S", FrameType.Close)));
    }

    private static void Require(bool rule, FrameExample example, string otherwise) =>
        Assert.True(rule, $"{example.Side} {example.Line}: {otherwise}");
}
