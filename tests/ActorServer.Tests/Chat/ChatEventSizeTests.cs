using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatEventSizeTests
{
    [Theory]
    [InlineData("\"")]
    [InlineData("\\")]
    [InlineData("\n")]
    [InlineData("<")]
    [InlineData("ж")]
    [InlineData("\u2028")]
    [InlineData("\u0378")]
    [InlineData("\ue000")]
    [InlineData("😀")]
    [InlineData("\U000f0000")]
    public void The_largest_message_allowed_fits_a_frame_whatever_it_is_made_of(string piece)
    {
        const int largestMessageSize = 80 * 1024;
        var text = string.Concat(Enumerable.Repeat(piece, largestMessageSize / Encoding.UTF8.GetByteCount(piece)));
        var message = new RoomMessage(
            new string('r', 128), long.MaxValue, new ChatMember(new string('a', 128), new string('"', 128)), text,
            DateTimeOffset.MaxValue);

        var json = ProtocolJson.Encode(message, ProtocolJsonContext.Default.ChatEvent);

        Assert.InRange(json.Length, 1, ProtocolLimits.MaxPayload);
        Assert.Equal(message, ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChatEvent));
    }

    [Fact]
    public void The_largest_page_of_members_fits_a_frame()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 32));
        var members = Enumerable.Repeat(new ChatMember(new string('"', 128), name), 256).ToArray();

        var json = ProtocolJson.Encode(
            new RoomMembers(long.MaxValue, new string('r', 128), members, int.MaxValue, $"{long.MaxValue}"),
            ProtocolJsonContext.Default.ChatEvent);

        Assert.InRange(json.Length, 1, ProtocolLimits.MaxPayload);
    }
}
