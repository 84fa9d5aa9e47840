using ActorNet.Client.Commands;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Files;

namespace ActorNet.Client.Tests.Terminal;

public sealed class TextTests
{
    [Theory]
    [InlineData("plain äöü 日本 👩‍👩‍👧", "plain äöü 日本 👩‍👩‍👧")]
    [InlineData("\e[31mred\e[0m", "␛[31mred␛[0m")]
    [InlineData("a\nb\rc\0d", "a␊b␍c␀d")]
    [InlineData("a\tb", "a b")]
    [InlineData("\x7f", "␡")]
    [InlineData("\u009b31m", "\\u009B31m")]
    [InlineData("\u202eevil\u202c", "\\u202Eevil\\u202C")]
    [InlineData("\u2066x\u2069\u200f\u061c", "\\u2066x\\u2069\\u200F\\u061C")]
    [InlineData("a\u2028b", "a\\u2028b")]
    public void Text_of_others_cannot_steer_the_terminal(string text, string safe) =>
        Assert.Equal(safe, SafeText.Of(text));

    [Fact]
    public void Half_a_pair_becomes_the_replacement_character() =>
        Assert.Equal("a\ufffdb", SafeText.Of("a" + (char)0xd800 + "b"));

    [Fact]
    public void No_control_character_is_left_of_any_text()
    {
        var all = new string([.. Enumerable.Range(0, 0x3000).Select(i => (char)i)]);
        Assert.DoesNotContain(SafeText.Of(all), c => char.IsControl(c) || c is >= '\u2028' and <= '\u202e' or
            >= '\u2066' and <= '\u2069');
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(1536, "1.5 KiB")]
    [InlineData(1024 * 1024 - 1, "1.0 MiB")]
    [InlineData(1024L * 1024 * 1024 * 3, "3.0 GiB")]
    [InlineData(long.MaxValue, "8.0 EiB")]
    public void Size_is_short(long bytes, string text) => Assert.Equal(text, Sizes.Of(bytes));

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("2h", 7_200_000)]
    [InlineData("7", 7_000)]
    public void Duration_is_read(string text, double ms)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal(ms, duration.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("0s")]
    [InlineData("1d")]
    [InlineData("1e9h")]
    [InlineData("9999999h")]
    public void What_is_no_duration_is_not(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0.31, "0.31 ms")]
    [InlineData(42, "42 ms")]
    [InlineData(1_500, "1.5 s")]
    [InlineData(61_000, "1 min 01 s")]
    [InlineData(3_720_000, "1 h 02 min")]
    public void Duration_is_short(double ms, string text) =>
        Assert.Equal(text, Durations.Of(TimeSpan.FromMilliseconds(ms)));

    [Theory]
    [InlineData("abc", 3)]
    [InlineData("日本", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("👍", 2)]
    public void Width_is_what_a_terminal_takes(string text, int width) => Assert.Equal(width, TextWidth.Of(text));

    [Theory]
    [InlineData("admin", "alice", "alice (admin)")]
    [InlineData("alice", "alice", "alice")]
    [InlineData("alice", "", "alice")]
    [InlineData("admin", "al\e[2Jice", "al␛[2Jice (admin)")]
    public void Name_shows_the_account_unless_it_is_the_same(string account, string name, string text) =>
        Assert.Equal(text, NameTag.Of(new ChatMember(account, name)));

    // Golden: string.GetHashCode would give another colour in every process.
    [Fact]
    public void Colour_of_a_name_is_the_same_in_every_process() =>
        Assert.Equal("\e[34mAlice (admin)\e[0m", NameTag.Coloured(new ChatMember("admin", "Alice")));

    [Theory]
    [InlineData(EntryKind.File, "   1.5 KiB  2026-01-31 12:00  a␛b")]
    [InlineData(EntryKind.Folder, "    folder  2026-01-31 12:00  a␛b/")]
    [InlineData(EntryKind.Other, "     other  2026-01-31 12:00  a␛b")]
    public void Entry_is_a_row(EntryKind kind, string row)
    {
        var entry = new FolderEntry("a\eb", kind, 1536, new DateTimeOffset(2026, 1, 31, 12, 0, 0, TimeSpan.Zero));
        Assert.Equal(row, FolderLine.Of(entry, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Room_message_is_one_line_whatever_is_in_it()
    {
        var message = new RoomMessage("r", 1, new ChatMember("bob", "bob"), "a\n12:00 admin: b", new DateTimeOffset(
            2026, 1, 1, 9, 5, 0, TimeSpan.Zero));
        Assert.Equal("09:05 bob: a␊12:00 admin: b", new ChatLines(TimeZoneInfo.Utc, ChatLineStyle.Plain).Of(message));
    }
}
