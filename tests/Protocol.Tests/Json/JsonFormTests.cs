using System.Text.Json;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Json;
using static ActorNet.Protocol.Tests.Support.JsonCases;

namespace ActorNet.Protocol.Tests.Json;

/// <summary>What single forms ask of their members: types of messages, names of lists, base64, nonces, members of a service.</summary>
public sealed class JsonFormTests
{
    private static readonly ProtocolJsonContext Forms = ProtocolJsonContext.Default;

    [Theory]
    [InlineData("""{"type":"join","id":1,"room":"lobby"}""")]
    [InlineData("""{"id":1,"type":"join","room":"lobby"}""")]
    [InlineData("""{"room":"lobby","unknown":{"type":"leave"},"id":1,"type":"join"}""")]
    [InlineData("""{"ty\u0070e":"join","id":1,"room":"lobby"}""")]
    public void The_type_of_a_message_may_stand_anywhere(string json) =>
        Assert.Equal(new JoinRoom(1, "lobby"), Decode(json, Forms.ChatRequest));

    [Theory]
    [InlineData("""{"id":1,"room":"lobby"}""")]
    [InlineData("""{"type":"nope","id":1,"room":"lobby"}""")]
    [InlineData("""{"type":"JOIN","id":1,"room":"lobby"}""")]
    [InlineData("""{"type":"JoinRoom","id":1,"room":"lobby"}""")]
    [InlineData("""{"type":0,"id":1,"room":"lobby"}""")]
    [InlineData("""{"type":null,"id":1,"room":"lobby"}""")]
    [InlineData("""{"type":["join"],"id":1,"room":"lobby"}""")]
    [InlineData("""{"$type":"join","id":1,"room":"lobby"}""")]
    [InlineData("""{"type":"join","id":1,"room":"lobby","type":"join"}""")]
    [InlineData("""{"type":"join","id":1,"room":"lobby","type":"leave"}""")]
    [InlineData("""{"type":"join","id":1,"room":"lobby","ty\u0070e":"leave"}""")]
    [InlineData("""{"type":"join","room":"lobby"}""")]
    [InlineData("""{"type":"join","id":1}""")]
    [InlineData("""{"type":"join","id":1,"room":null}""")]
    [InlineData("""{"type":"join","id":1,"id":1,"room":"lobby"}""")]
    [InlineData("""{"type":"join","id":9223372036854775808,"room":"lobby"}""")]
    public void A_message_without_exactly_one_known_type_and_all_its_members_is_refused(string json) =>
        Refused(json, Forms.ChatRequest);

    [Theory]
    [InlineData("\"NotFound\"")]
    [InlineData("\"Not-Found\"")]
    [InlineData("\" not-found \"")]
    [InlineData("\"not-found, conflict\"")]
    [InlineData("\"not-found,conflict\"")]
    [InlineData("\"3\"")]
    [InlineData("3")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"unheard-of\"")]
    public void A_name_that_is_not_exactly_one_of_its_list_is_refused(string name)
    {
        Refused($$"""{"code":{{name}},"message":""}""", Forms.ChannelRefused);
        Refused($$"""{"type":"ended","reason":{{name}},"duration_ms":1}""", Forms.ExecEvent);
        Refused(Page(name), Forms.FileEvent);
    }

    [Theory]
    [InlineData("\"YQ\"")]
    [InlineData("\"YR==\"")]
    [InlineData("\"a b=\"")]
    [InlineData("\"-_==\"")]
    [InlineData("\"!!!!\"")]
    [InlineData("[97]")]
    [InlineData("null")]
    public void Wrong_base64_is_refused(string data) =>
        Refused($$"""{"mechanism":"HMAC-SHA-256","data":{{data}}}""", Forms.Authenticate);

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_nonce_of_another_length_is_refused(int length)
    {
        var nonce = Convert.ToBase64String(new byte[length]);
        Refused($$"""{"versions":[1],"software":"a","nonce":"{{nonce}}"}""", Forms.ClientHello);
        Refused($$"""{"version":1,"software":"a","nonce":"{{nonce}}","mechanisms":[]}""", Forms.ServerHello);
    }

    [Fact]
    public void An_absent_member_of_a_service_reads_as_an_empty_object()
    {
        Assert.Equal(new ChatOptions(), ProtocolJson.Decode(default(JsonElement?), Forms.ChatOptions));
        AssertInvalid(() => ProtocolJson.Decode(default(JsonElement?), Forms.FileRequest));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("{\"type\":\"get\"}")]
    public void A_member_of_a_service_of_another_form_is_refused(string parameters)
    {
        var open = Decode($$"""{"service":"files","window":1,"params":{{parameters}}}""", Forms.OpenChannel);

        AssertInvalid(() => ProtocolJson.Decode(open.Params, Forms.FileRequest));
    }

    [Fact]
    public void The_text_of_an_error_names_our_members_and_repeats_nothing_of_the_peers()
    {
        Assert.Equal(
            "Not a valid OpenChannel object at $.window.", Refused("""{"service":"a","window":"x"}""", Forms.OpenChannel));
        Assert.Equal(
            "Not a valid FileEvent object at $.entries[0].kind.",
            Refused(Page("\"x\""), Forms.FileEvent));
        Assert.Equal(
            "Not a valid ChatRequest object.", Refused("""{"type":"join","id":1,"$\u001b[31m":"1"}""", Forms.ChatRequest));
    }

    private static string Page(string kind) =>
        """{"type":"page","entries":[{"name":"a","kind":?,"size":1,"modified":"2026-01-31T12:00:00Z"}],"last":true}"""
            .Replace("?", kind, StringComparison.Ordinal);
}
