using System.Text;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Json;
using static ActorNet.Protocol.Tests.Support.JsonCases;

namespace ActorNet.Protocol.Tests.Json;

/// <summary>Rules of section 8 of the specification that hold for every payload.</summary>
public sealed class JsonRuleTests
{
    private static readonly ProtocolJsonContext Forms = ProtocolJsonContext.Default;

    [Theory]
    [InlineData("""{"service":"a","service":"b","window":1}""")]
    [InlineData("""{"service":"a","window":1,"service":"a"}""")]
    [InlineData("""{"service":"a","window":1,"\u0073ervice":"b"}""")]
    [InlineData("""{"service":"a","window":1,"params":{"x":[{"a":1,"a":2}]}}""")]
    [InlineData("""{"service":"a","window":1,"params":{"x":[{"a":1,"\u0061":2}]}}""")]
    [InlineData("""{"service":"a","window":1,"unknown":1,"unknown":2}""")]
    [InlineData("""{"service":"a","window":1,"unknown":{"a":{"b":1,"b":2}}}""")]
    [InlineData("""{"service":"a","window":1,"unknown":[{"b":1},{"b":1,"c":1,"b":2}]}""")]
    public void Two_members_of_one_name_are_refused_at_every_depth(string json) => Refused(json, Forms.OpenChannel);

    [Theory]
    [InlineData("""{"service":"a","window":1,"unknown":{"service":"b","window":2}}""")]
    [InlineData("""{"service":"a","window":1,"unknown":[{"b":1},{"b":1}],"other":{"b":{"b":{"b":1}}}}""")]
    [InlineData("""{"unknown":{"x":1},"service":"a","y":{"x":1},"window":1,"x":1}""")]
    public void The_same_name_in_different_objects_passes(string json) =>
        Assert.Equal("a", Decode(json, Forms.OpenChannel).Service);

    [Theory]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(5_000)]
    public void Two_members_of_one_name_are_found_among_many(int members)
    {
        var many = string.Concat(Enumerable.Range(0, members).Select(i => $"\"m{i}\":{i},"));

        Assert.Equal("a", Decode($$"""{{{many}}"service":"a","window":1}""", Forms.OpenChannel).Service);
        Refused($$"""{{{many}}"service":"a","window":1,"m{{members - 1}}":0}""", Forms.OpenChannel);
        Refused($$"""{{{many}}"service":"a","window":1,"m0":0}""", Forms.OpenChannel);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("1")]
    [InlineData("[]")]
    [InlineData("\"service\"")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("{}{}")]
    [InlineData("""{"service":"a","window":1}x""")]
    [InlineData("""{"service":"a","window":1},""")]
    [InlineData("""{"service":"a","window":1,}""")]
    [InlineData("""{"service":"a","window":1}/**/""")]
    [InlineData("""{"service":"a",/**/"window":1}""")]
    [InlineData("{\"service\":\"a\",\"window\":1}\0")]
    [InlineData("\uFEFF{\"service\":\"a\",\"window\":1}")]
    [InlineData("{'service':'a','window':1}")]
    [InlineData("{service:\"a\",window:1}")]
    [InlineData("{\"service\":\"a\n\",\"window\":1}")]
    public void What_is_not_one_json_object_is_refused(string json)
    {
        Refused(json, Forms.OpenChannel);
        Refused(json, Forms.ChatRequest);
    }

    [Theory]
    [InlineData("""{"window":1}""")]
    [InlineData("""{"service":"a"}""")]
    [InlineData("""{"service":null,"window":1}""")]
    [InlineData("""{"service":"a","window":null}""")]
    [InlineData("""{"service":1,"window":1}""")]
    [InlineData("""{"service":["a"],"window":1}""")]
    [InlineData("""{"Service":"a","window":1}""")]
    public void Missing_null_and_wrong_members_are_refused(string json) => Refused(json, Forms.OpenChannel);

    [Theory]
    [InlineData("-1")]
    [InlineData("1.0")]
    [InlineData("1e3")]
    [InlineData("1e400")]
    [InlineData("01")]
    [InlineData("\"1\"")]
    [InlineData("2147483648")]
    [InlineData("4294967295")]
    [InlineData("4294967296")]
    [InlineData("99999999999999999999999999999999999999")]
    public void A_window_that_is_not_a_whole_number_up_to_the_limit_is_refused(string number)
    {
        Refused($$"""{"service":"a","window":{{number}}}""", Forms.OpenChannel);
        Refused($$"""{"window":{{number}}}""", Forms.ChannelOpened);
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("2147483647", int.MaxValue)]
    public void A_window_up_to_the_limit_passes(string number, uint window)
    {
        Assert.Equal(window, Decode($$"""{"service":"a","window":{{number}}}""", Forms.OpenChannel).Window);
        Assert.Equal(window, Decode($$"""{"window":{{number}}}""", Forms.ChannelOpened).Window);
    }

    [Theory]
    [InlineData("""{"service":"a","window":1,"params":null}""")]
    [InlineData("""{"service":"a","window":1}""")]
    [InlineData("""{ "unknown" : [ 1 , { } , 1e400 ] , "window" : 1 , "service" : "a" }""")]
    public void Order_blanks_unknown_members_and_null_for_an_optional_one_do_not_matter(string json) =>
        Assert.Equal(new OpenChannel("a", 1), Decode(json, Forms.OpenChannel));

    [Theory]
    [InlineData("""{"argv":[null]}""")]
    [InlineData("""{"argv":["a",null,"b"]}""")]
    [InlineData("""{"argv":["a"],"unknown":[[{}],null]}""")]
    [InlineData("""{"argv":["a"],"object":{},"array":[null]}""")]
    public void Null_in_an_array_is_refused(string json) => Refused(json, Forms.ExecRequest);

    [Fact]
    public void Null_in_an_object_within_an_array_passes() =>
        Assert.Equal(["a"], Decode("""{"unknown":[{"x":null,"y":[],"z":null}],"argv":["a"]}""", Forms.ExecRequest).Argv);

    [Theory]
    [InlineData("""{"service":"\ud800","window":1}""")]
    [InlineData("""{"service":"\udc00\ud800","window":1}""")]
    [InlineData("""{"service":"a","window":1,"params":"\ud800"}""")]
    [InlineData("""{"service":"a","window":1,"params":{"\udfff":1}}""")]
    [InlineData("""{"service":"a","window":1,"unknown":"\ud800x"}""")]
    public void An_unpaired_surrogate_is_refused_anywhere(string json) => Refused(json, Forms.OpenChannel);

    [Fact]
    public void A_pair_of_surrogates_is_one_character() =>
        Assert.Equal("😀", Decode("""{"service":"\ud83d\ude00","window":1}""", Forms.OpenChannel).Service);

    [Theory]
    [InlineData(0xff)]
    [InlineData(0xc0)]
    [InlineData(0x80)]
    public void Invalid_utf8_is_refused_anywhere(byte wrong)
    {
        string[] cases =
        [
            """{"service":"?","window":1}""",
            """{"service":"a","window":1,"unknown":"?"}""",
            """{"service":"a","window":1,"?":1}""",
        ];
        foreach (var json in cases)
        {
            var bytes = Encoding.UTF8.GetBytes(json);
            bytes[Array.IndexOf(bytes, (byte)'?')] = wrong;
            AssertInvalid(() => ProtocolJson.Decode(bytes, Forms.OpenChannel));
        }
    }

    [Theory]
    [InlineData("params")]
    [InlineData("unknown")]
    public void Nesting_ends_at_sixteen(string member)
    {
        // the object itself is the first level
        var fifteen = new string('[', 15) + new string(']', 15);
        var sixteen = new string('[', 16) + new string(']', 16);

        Assert.Equal("a", Decode($$"""{"service":"a","window":1,"{{member}}":{{fifteen}}}""", Forms.OpenChannel).Service);
        Refused($$"""{"service":"a","window":1,"{{member}}":{{sixteen}}}""", Forms.OpenChannel);
        Refused(new string('[', 100_000), Forms.OpenChannel);
    }
}
