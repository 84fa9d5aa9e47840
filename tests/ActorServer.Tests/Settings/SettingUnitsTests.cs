using ActorNet.Server.Settings;

namespace ActorNet.Server.Tests.Settings;

public class SettingUnitsTests
{
    [Theory]
    [InlineData("512B", 512)]
    [InlineData("64KiB", 65_536)]
    [InlineData("1 MiB", 1_048_576)]
    [InlineData("2GiB", 2_147_483_648)]
    public void A_size_is_read_with_its_unit(string text, long expected)
    {
        Assert.True(SettingUnits.TryBytes(text, out var bytes));
        Assert.Equal(expected, bytes);
    }

    [Theory]
    [InlineData("64")]
    [InlineData("64kb")]
    [InlineData("64k")]
    [InlineData("-1B")]
    [InlineData("1.5MiB")]
    [InlineData("KiB")]
    [InlineData("")]
    [InlineData("9000000000GiB")]
    [InlineData("99999999999999999999B")]
    public void A_size_without_a_known_unit_or_that_is_no_whole_number_is_refused(string text) =>
        Assert.False(SettingUnits.TryBytes(text, out _));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("5m", 300_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1d", 86_400_000)]
    public void A_duration_is_read_with_its_unit(string text, long milliseconds)
    {
        Assert.True(SettingUnits.TryTicks(text, out var ticks));
        Assert.Equal(milliseconds * TimeSpan.TicksPerMillisecond, ticks);
    }

    [Theory]
    [InlineData("30")]
    [InlineData("30 sec")]
    [InlineData("infinite")]
    [InlineData("-5s")]
    public void A_duration_without_a_known_unit_is_refused(string text) =>
        Assert.False(SettingUnits.TryTicks(text, out _));

    [Theory]
    [InlineData(0, "0B")]
    [InlineData(1_000, "1000B")]
    [InlineData(65_536, "64KiB")]
    [InlineData(1L << 30, "1GiB")]
    public void A_size_is_written_with_the_largest_unit_that_divides_it(long bytes, string expected) =>
        Assert.Equal(expected, SettingUnits.FormatBytes(bytes));

    [Theory]
    [InlineData(0, "0ms")]
    [InlineData(90, "90s")]
    [InlineData(3_600, "1h")]
    [InlineData(172_800, "2d")]
    public void A_duration_is_written_with_the_largest_unit_that_divides_it(int seconds, string expected) =>
        Assert.Equal(expected, SettingUnits.FormatDuration(TimeSpan.FromSeconds(seconds)));
}
