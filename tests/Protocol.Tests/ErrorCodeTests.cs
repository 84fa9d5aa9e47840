using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Tests;

public sealed class ErrorCodeTests
{
    [Fact]
    public void Names_are_frozen() =>
        Assert.Equal(
            "protocol-violation unauthenticated forbidden not-found conflict too-large too-many rate-limited slow-consumer timeout "
            + "unavailable invalid internal",
            string.Join(' ', Enum.GetValues<ErrorCode>().Select(code => code.ToWire())));

    [Fact]
    public void Every_code_is_written_and_read_by_its_name()
    {
        foreach (var code in Enum.GetValues<ErrorCode>())
        {
            var json = ProtocolJson.Encode(new ChannelRefused(code, ""), ProtocolJsonContext.Default.ChannelRefused);
            Assert.Equal($$"""{"code":"{{code.ToWire()}}","message":""}""", System.Text.Encoding.UTF8.GetString(json));
            Assert.Equal(code, ProtocolJson.Decode(json, ProtocolJsonContext.Default.ChannelRefused).Code);
        }
    }

    [Fact]
    public void A_value_that_is_no_code_has_no_name() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorCode)99).ToWire());
}
