using ActorNet.Server.Files;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Files;

public sealed class FileSettingsTests
{
    private const string Hocon =
        """
        actornet.files {
          root = "files", max-file-size = 1GiB, max-name = 255B, max-path = 1KiB, max-folder-entries = 1000, page-size = 64KiB
          chunk-size = 32KiB, transfers-per-node = 20, transfers-per-account = 2, stall-timeout = 5m, window = 1MiB, window-max = 2MiB
        }
        """;

    [Fact]
    public void Every_key_is_read_and_a_relative_root_lies_in_the_data_folder()
    {
        var reader = Reader("");
        var settings = FileSettings.From(reader, "/var/lib/node");

        Assert.Empty(reader.Errors);
        Assert.Equal(
            new FileSettings(
                "/var/lib/node/files", 1L << 30, 255, 1024, 1000, 64 * 1024, 32 * 1024, 20, 2, TimeSpan.FromMinutes(5),
                new(1024 * 1024, 2 * 1024 * 1024)),
            settings);
    }

    [Fact]
    public void An_absolute_root_is_taken_as_it_is() =>
        Assert.Equal("/srv/files", FileSettings.From(Reader("actornet.files.root = /srv/files"), "/var/lib/node").Root);

    [Theory]
    [InlineData("max-file-size = 0B")]
    [InlineData("max-name = 256B")]
    [InlineData("max-path = 4KiB")]
    [InlineData("max-folder-entries = -1")]
    [InlineData("page-size = 129KiB")]
    [InlineData("chunk-size = 1B")]
    [InlineData("transfers-per-node = 0")]
    [InlineData("transfers-per-account = 0")]
    [InlineData("stall-timeout = 0s")]
    public void A_value_out_of_its_range_is_an_error_that_names_the_key(string setting)
    {
        var reader = Reader($"actornet.files.{setting}");
        FileSettings.From(reader, "/data");

        Assert.StartsWith($"actornet.files.{setting.Split(' ')[0]} is ", Assert.Single(reader.Errors), StringComparison.Ordinal);
    }

    private static SettingsReader Reader(string changes) =>
        new(ConfigurationFactory.ParseString(changes).WithFallback(ConfigurationFactory.ParseString(Hocon)), "actornet.files");
}
