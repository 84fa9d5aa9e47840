using System.Reflection;
using System.Text.Json.Serialization;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Protocol.Tests.Support;

namespace ActorNet.Protocol.Tests.Specification;

/// <summary>docs/protocol.md says what the code does: its examples are read, its tables compared, nothing is missing.</summary>
public sealed class SpecificationTests
{
    public static TheoryData<string> FrameNames => [.. SpecificationDocument.Frames.Select(block => block["name"])];

    public static TheoryData<string> Services =>
        [ServiceNames.Echo, ServiceNames.Chat, ServiceNames.Exec, ServiceNames.Files, ServiceNames.Account, ServiceNames.Admin];

    [Theory]
    [MemberData(nameof(FrameNames))]
    public void An_example_in_hex_is_read_as_what_it_says_and_written_as_the_same_bytes(string name)
    {
        var block = SpecificationDocument.Frame(name);
        var said = FrameExample.Parse(block["from"], block.Lines[0], block.Find("service")).Frame;
        var bytes = Wire.Hex(string.Concat(block.Lines.Skip(1)));

        Assert.Equal(Convert.ToHexStringLower(FrameWriter.ToArray(said)), Convert.ToHexStringLower(bytes));
        Assert.Equal(Wire.Describe([said]), Wire.Describe(Wire.Read(bytes)));
    }

    [Fact]
    public void The_json_of_every_example_is_read_as_its_record_with_all_its_members() =>
        Assert.All(SpecificationDocument.Examples, example => Assert.NotNull(JsonForms.Read(example)));

    [Theory]
    [MemberData(nameof(Services))]
    public void The_conversation_of_a_service_keeps_the_rules_of_channels(string service)
    {
        var channels = new Dictionary<uint, ChannelRules>();
        foreach (var line in SpecificationDocument.Conversations.Single(block => block["service"] == service).Lines)
        {
            var example = FrameExample.Parse(line, service);
            var channel = example.Frame.Channel;
            if (!channels.TryGetValue(channel, out var rules)) channels[channel] = rules = new ChannelRules(channel);
            rules.Take(example);
        }

        Assert.All(channels, channel => Assert.True(channel.Value.IsFree, $"channel {channel.Key} is left open"));
    }

    [Fact]
    public void The_table_of_types_is_the_enumeration()
    {
        var rows = SpecificationDocument.Rows.Where(row => row.Length == 7 && byte.TryParse(row[0], out _)).ToList();

        Assert.Equal(
            Enum.GetValues<FrameType>()
                .Select(type => $"{(byte)type} {(byte)type:x2} {type.ToWire()} {(type.IsOfConnection() ? "0" : "n")}"),
            rows.Select(row => $"{row[0]} {row[1]} {row[2]} {row[4]}"));
        foreach (var row in rows)
        {
            var senders = SpecificationDocument.Examples
                .Where(example => example.Frame.Type.ToWire() == row[2]).Select(example => example.Side);
            if (row[3] == "client") Assert.DoesNotContain("S", senders);
            if (row[3] == "server") Assert.DoesNotContain("C", senders);
        }
    }

    [Fact]
    public void Every_type_has_an_example_in_hex() =>
        Assert.Equal(
            Enum.GetValues<FrameType>(),
            SpecificationDocument.Frames
                .Select(block => FrameExample.Parse(block["from"], block.Lines[0], null).Frame.Type).Distinct().Order());

    [Fact]
    public void The_table_of_codes_is_the_enumeration()
    {
        var names = Enum.GetValues<ErrorCode>().Select(code => code.ToWire()).ToList();

        var afterHeading = SpecificationDocument.Text.Split("## 9. Codes")[1].Split("## 10.")[0];
        var rows = afterHeading.Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal));
        Assert.Equal(names, rows.Select(line => line.Split('`')[1]));
    }

    [Fact]
    public void Every_json_form_and_every_message_has_an_example()
    {
        var shown = SpecificationDocument.Examples.SelectMany(JsonForms.Read).Select(record => record.GetType()).ToHashSet();

        Assert.All(Forms(), form => Assert.Contains(form.Type, shown));
    }

    [Fact]
    public void Every_type_of_message_stands_in_the_text_by_its_name() =>
        Assert.All(
            Forms().Where(form => form.Name is not null),
            form => Assert.Contains($"`{form.Name}`", SpecificationDocument.Text, StringComparison.Ordinal));

    [Theory]
    [InlineData("payload of a frame", ProtocolLimits.MaxPayload)]
    [InlineData("payload of a frame before the login", ProtocolLimits.MaxPayloadBeforeLogin)]
    [InlineData("payload of PING and PONG", ProtocolLimits.MaxPingPayload)]
    [InlineData("nonces, keys, proofs", ProtocolLimits.NonceLength)]
    [InlineData("device token", ProtocolLimits.MaxDevice)]
    [InlineData("account name, prepared", AccountName.MaxBytes)]
    [InlineData("password, prepared", PreparedPassword.MaxBytes)]
    [InlineData("message of SCRAM", ScramMechanism.MaxMessage)]
    [InlineData("fewest iterations", ScramMechanism.MinIterations)]
    [InlineData("most iterations", ScramMechanism.MaxIterations)]
    [InlineData("sum of a window", (long)ProtocolLimits.MaxWindow)]
    [InlineData("levels of JSON", ProtocolLimits.MaxJsonDepth)]
    public void The_limits_of_the_protocol_are_those_of_the_code(string limit, long value)
    {
        var row = SpecificationDocument.Rows.Single(row => row[0] == limit);

        Assert.Equal($"{value}", row[1].Replace(",", "", StringComparison.Ordinal).Split(' ')[0]);
    }

    // Everything the protocol writes as JSON; messages with the name in their `type`.
    private static IEnumerable<(Type Type, string? Name)> Forms() =>
        typeof(ProtocolJsonContext).GetCustomAttributesData()
            .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
            .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
            .SelectMany(type => type.IsAbstract
                ? type.GetCustomAttributes<JsonDerivedTypeAttribute>()
                    .Select(derived => (derived.DerivedType, (string?)derived.TypeDiscriminator))
                : [(type, null)]);
}
