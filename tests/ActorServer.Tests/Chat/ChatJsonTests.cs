using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using ActorNet.Server.Chat;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatJsonTests
{
    [Fact]
    public void A_push_has_its_type_and_its_text_as_it_was_said()
    {
        var json = ChatJson.Encode(new RoomMessage(
            "lobby", 7, new ChatMember("alice", "Älice"), "<b> & 'ж' 部", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)));

        Assert.Equal(
            """{"type":"message","room":"lobby","sequence":7,"from":{"account":"alice","name":"Älice"},"text":"<b> & 'ж' 部","time":"2026-01-02T03:04:05+00:00"}""",
            Encoding.UTF8.GetString(json.Span));
    }

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

        var json = ChatJson.Encode(message);

        Assert.InRange(json.Length, 1, ProtocolLimits.MaxPayload);
        Assert.Equal(message, ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChatEvent));
    }

    [Fact]
    public void The_largest_page_of_members_fits_a_frame()
    {
        var name = string.Concat(Enumerable.Repeat("😀", 32));
        var members = Enumerable.Repeat(new ChatMember(new string('"', 128), name), 256).ToArray();

        var json = ChatJson.Encode(
            new RoomMembers(long.MaxValue, new string('r', 128), members, int.MaxValue, $"{long.MaxValue}"));

        Assert.InRange(json.Length, 1, ProtocolLimits.MaxPayload);
    }
}
