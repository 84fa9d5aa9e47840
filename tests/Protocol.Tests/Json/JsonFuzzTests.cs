using System.Text;
using ActorNet.Protocol.Json;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Json;

public sealed class JsonFuzzTests
{
    private const int Runs = 1_000;

    private static readonly string[] Valid =
    [
        """{"service":"files","window":1048576,"params":{"type":"put","path":"a/b","size":123}}""",
        """{"type":"message","room":"a","sequence":3,"from":{"account":"a","name":"b"},"text":"\ud83d\ude00","time":"2026-01-31T12:00:00Z"}""",
        """{"type":"page","entries":[{"name":"a","kind":"file","size":123,"modified":"2026-01-31T12:00:00Z"}],"last":true}""",
        """{"version":1,"software":"s","nonce":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=","mechanisms":["a"]}""",
        """{"type":"ended","reason":"exited","exit_code":7,"duration_ms":12}""",
        """{"type":"disconnect","connection":"c-17"}""",
        """{"type":"sessions","sessions":[{"connection":"c","account":"a","remote":"r","mechanism":"m","credential":"p","since":"2026-01-31T12:00:00Z","channels":2}],"last":true}""",
        """{"account":"a","roles":[],"allow":["*"],"deny":[],"mechanism":"m","credential":"p","connection":"c","protection":"none"}""",
        """{"argv":["ls","-l"],"cwd":"/","timeout_ms":1000}""",
    ];

    [Fact]
    public void Random_bytes_throw_nothing_but_a_violation() => Property.Holds(Property.Bytes, DecodesOrViolates, Runs);

    [Fact]
    public void Json_put_together_at_random_throws_nothing_but_a_violation() =>
        Property.Holds(
            Gen.Elements("{", "}", "[", "]", ",", ":", "null", "true", "1", "-1e99", "\"type\"", "\"type\":\"join\"", "\"id\":1", "\"a\"",
                    "\"\\ud800\"", "\"$ref\":\"1\"", "\"params\":", "\"service\":\"echo\"", "\"window\":1", "\"data\":\"YQ==\"")
                .ListOf().Select(tokens => Encoding.UTF8.GetBytes("{" + string.Concat(tokens) + "}")),
            DecodesOrViolates,
            Runs);

    [Fact]
    public void Mutated_messages_throw_nothing_but_a_violation() =>
        Property.Holds(
            from json in Gen.Elements(Valid)
            from at in Gen.Choose(0, json.Length - 1)
            from removed in Gen.Choose(0, 4)
            from inserted in Gen.OneOf(
                Gen.Elements("\"", "\\", "{", "[", ",", "null", "\\u", "\\ud800", "9999999999", "$", "\u0000"),
                Gen.Choose(0, 255).Select(value => ((char)value).ToString()))
            select Encoding.UTF8.GetBytes(json.Remove(at, Math.Min(removed, json.Length - at)).Insert(at, inserted)),
            DecodesOrViolates,
            Runs);

    private static void DecodesOrViolates(byte[] json)
    {
        var forms = ProtocolJsonContext.Default;
        Try(() => ProtocolJson.Decode(ProtocolJson.Decode(json, forms.OpenChannel).Params, forms.FileRequest));
        Try(() => ProtocolJson.Decode(json, forms.ClientHello));
        Try(() => ProtocolJson.Decode(json, forms.ServerHello));
        Try(() => ProtocolJson.Decode(json, forms.Authenticate));
        Try(() => ProtocolJson.Decode(json, forms.ChatRequest));
        Try(() => ProtocolJson.Decode(json, forms.ChatEvent));
        Try(() => ProtocolJson.Decode(json, forms.ExecRequest));
        Try(() => ProtocolJson.Decode(json, forms.ExecEvent));
        Try(() => ProtocolJson.Decode(json, forms.FileEvent));
        Try(() => ProtocolJson.Decode(json, forms.Authenticated));
        Try(() => ProtocolJson.Decode(json, forms.WhoAmI));
        Try(() => ProtocolJson.Decode(json, forms.AdminRequest));
        Try(() => ProtocolJson.Decode(json, forms.AdminEvent));
    }

    // A record that was read can also be written and shown.
    private static void Try<T>(Func<T> decode)
        where T : notnull
    {
        try
        {
            Assert.NotNull(decode().ToString());
        }
        catch (ProtocolViolationException)
        {
            // one of the two outcomes
        }
    }
}
