using System.Text;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Json;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("hello", "hello")]
    [InlineData("<é+&'/>", "<é+&'/>")]
    [InlineData("😀", "😀")]
    [InlineData("\u007f\u0085\u2028\ufeff\ue000", "\u007f\u0085\u2028\ufeff\ue000")]
    [InlineData("a\"b\\c", "a\\\"b\\\\c")]
    [InlineData("\n\r\t\b\f", "\\n\\r\\t\\b\\f")]
    [InlineData("\0\u001b", "\\u0000\\u001B")]
    public void Only_what_json_asks_for_is_escaped(string text, string written) =>
        Assert.Equal($$"""{"type":"say","id":1,"room":"r","text":"{{written}}"}""", Written(text));

    [Fact]
    public void A_lone_surrogate_is_written_as_the_replacement_character()
    {
        // not as attributes: the compiler stores their strings as UTF-8
        foreach (var (text, read) in new (string, string)[]
                 {
                     ("\ud800", "\ufffd"),
                     ("a\udc00b", "a\ufffdb"),
                     ("\ud83d\ud83d\ude00", "\ufffd😀"),
                     ("😀\ud83d", "😀\ufffd"),
                 })
            Assert.Equal(read, Read(Encoding.UTF8.GetBytes(Written(text))).Text);
    }

    [Fact]
    public void Text_passed_on_is_the_same_text_and_no_longer_than_it_came() =>
        Property.Holds(
            from pieces in Gen.OneOf(
                Gen.Choose(0, 0x24f).Select(scalar => char.ConvertFromUtf32(scalar)),
                Gen.Choose(0xe000, 0x10ffff).Select(scalar => char.ConvertFromUtf32(scalar)),
                Gen.Choose(0, 0xd7ff).Select(scalar => char.ConvertFromUtf32(scalar)),
                Gen.Elements("\"", "\\", "\n", "\u007f", "<", "😀")).ListOf()
            select string.Concat(pieces),
            text =>
            {
                // the shortest form in which this text can come in
                var shortest = text.Sum(c => c switch
                {
                    '"' or '\\' or '\n' or '\r' or '\t' or '\b' or '\f' => 2,
                    < ' ' => 6,
                    _ when char.IsSurrogate(c) => 2,
                    _ => Encoding.UTF8.GetByteCount([c]),
                });
                var written = Encoding.UTF8.GetBytes(Written(text));
                Assert.Equal(text, Read(written).Text);
                Assert.Equal(Encoding.UTF8.GetByteCount(Written("")) + shortest, written.Length);
            },
            2_000);

    private static string Written(string text) =>
        Encoding.UTF8.GetString(ProtocolJson.Encode(new Say(1, "r", text), ProtocolJsonContext.Default.ChatRequest));

    private static Say Read(byte[] json) =>
        Assert.IsType<Say>(ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChatRequest));
}
