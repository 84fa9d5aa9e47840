using ActorNet.Server.Audit;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Settings;

namespace ActorNet.Server.Tests.Audit;

public class AuditSettingsTests
{
    [Fact]
    public void The_reference_keeps_all_files_and_refuses_what_it_cannot_record()
    {
        var settings = Read("");

        Assert.Equal(
            new AuditSettings(
                64 * 1024 * 1024, null, true, true, 32 * 1024 * 1024, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), 1024, 16 * 1024),
            settings);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("1000000", 1_000_000)]
    public void A_number_of_files_can_be_kept(string text, int kept) => Assert.Equal(kept, Read($"files-kept = {text}").FilesKept);

    [Theory]
    [InlineData("files-kept = 0", "actornet.audit.files-kept is '0'; it takes all, or a whole number from 2 to 1000000.")]
    [InlineData("files-kept = 1", "actornet.audit.files-kept is '1'; it takes all, or a whole number from 2 to 1000000.")]
    [InlineData("files-kept = -1", "actornet.audit.files-kept is '-1'; it takes all, or a whole number from 2 to 1000000.")]
    [InlineData("files-kept = ever", "actornet.audit.files-kept is 'ever'; it takes all, or a whole number from 2 to 1000000.")]
    [InlineData("sync = sometimes", "actornet.audit.sync is 'sometimes'; it takes one of always, never.")]
    [InlineData("on-failure = ignore", "actornet.audit.on-failure is 'ignore'; it takes one of refuse, continue.")]
    [InlineData("field-size = 4KiB", "actornet.audit.line-size is less than 8 times field-size, which a line must hold.")]
    [InlineData("write-timeout = 100ms", "actornet.audit.write-timeout is 100ms; it takes 1s to 10m.")]
    [InlineData("max-pending = 1KiB", "actornet.audit.max-pending is 1KiB; it takes 1MiB to 1GiB.")]
    public void Wrong_values_are_errors_with_their_key(string text, string error)
    {
        var thrown = Assert.Throws<InvalidSettingsException>(() => Read(text));

        Assert.Equal([error], thrown.Errors);
    }

    private static AuditSettings Read(string text)
    {
        var over = HoconText.Parse("test", $"actornet.audit {{ {text} }}");
        return ServerSettings.From(over.WithFallback(ReferenceConfig.Load())).Audit;
    }
}
