using System.Text;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Tests.Support;

/// <summary>JSON as text, read as a payload.</summary>
internal static class JsonCases
{
    public static T Decode<T>(string json, JsonTypeInfo<T> form) => ProtocolJson.Decode(Encoding.UTF8.GetBytes(json), form);

    /// <summary>Asserts that the payload is refused as invalid; returns what the peer is told.</summary>
    public static string Refused<T>(string json, JsonTypeInfo<T> form) => AssertInvalid(() => Decode(json, form));

    public static string AssertInvalid<T>(Func<T> decode)
    {
        var violation = Assert.Throws<ProtocolViolationException>(() => { _ = decode(); });
        Assert.Equal(ErrorCode.Invalid, violation.Code);
        return violation.Message;
    }
}
