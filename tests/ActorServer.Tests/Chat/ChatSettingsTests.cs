using ActorNet.Server.Chat;
using ActorNet.Server.Connections;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Chat;

public sealed class ChatSettingsTests
{
    private static readonly Config Shipped = ConfigurationFactory.ParseString(File.ReadAllText(
        Path.Combine(AppContext.BaseDirectory, "hocon", "actornet.hocon")));

    [Fact]
    public void The_shipped_section_is_read_without_an_error_and_every_key_of_it_is_used()
    {
        var reader = new SettingsReader(Shipped, "actornet.chat");

        var settings = ChatSettings.From(reader);

        Assert.Empty(reader.Errors);
        Assert.Equal(
            KeysOf(Shipped).Where(key => key.StartsWith("actornet.chat.", StringComparison.Ordinal)), reader.Known.Order(StringComparer.Ordinal));
        Assert.Equal(new ChannelWindow(512 * 1024, 512 * 1024), settings.Window);
        Assert.Equal(64 * 1024, settings.MessageSize);
        Assert.Equal(20_000, settings.MaxMembers);
        Assert.Null(settings.RateLimit);
    }

    [Theory]
    [InlineData("window = 511KiB", "actornet.chat.window")]
    [InlineData("message-size = 0B", "actornet.chat.message-size")]
    [InlineData("message-size = 81KiB", "actornet.chat.message-size")]
    [InlineData("max-rooms = 0", "actornet.chat.max-rooms")]
    [InlineData("max-rooms-per-channel = -1", "actornet.chat.max-rooms-per-channel")]
    [InlineData("max-members = 0", "actornet.chat.max-members")]
    [InlineData("max-requests = 0", "actornet.chat.max-requests")]
    [InlineData("room-name-length = 129B", "actornet.chat.room-name-length")]
    [InlineData("member-name-length = 129B", "actornet.chat.member-name-length")]
    [InlineData("page-size = 257", "actornet.chat.page-size")]
    [InlineData("presence-limit = -1", "actornet.chat.presence-limit")]
    [InlineData("rate-limit.enabled = maybe", "actornet.chat.rate-limit.enabled")]
    [InlineData("rate-limit.per-second = 0", "actornet.chat.rate-limit.per-second")]
    [InlineData("rate-limit.burst = 0", "actornet.chat.rate-limit.burst")]
    public void A_value_outside_its_range_is_an_error_with_its_key(string line, string key)
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString($"actornet.chat {{ {line} }}").WithFallback(Shipped), "actornet.chat");

        ChatSettings.From(reader);

        Assert.StartsWith(key + " ", Assert.Single(reader.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_rate_limit_can_be_switched_on()
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString("actornet.chat.rate-limit.enabled = on").WithFallback(Shipped), "actornet.chat");

        Assert.Equal(new ChatRateLimit(20, 100), ChatSettings.From(reader).RateLimit);
    }

    private static IEnumerable<string> KeysOf(Config config) =>
        config.AsEnumerable().SelectMany(section => Keys(section.Key, section.Value)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Keys(string path, Akka.Configuration.Hocon.HoconValue value) => value.IsObject()
        ? value.GetObject().Items.SelectMany(item => Keys($"{path}.{item.Key}", item.Value))
        : [path];
}
