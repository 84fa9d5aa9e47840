using System.Text;
using ActorNet.Protocol;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Files;
using static ActorNet.Server.Tests.Files.TestSettings;

namespace ActorNet.Server.Tests.Files;

public sealed class FolderListingTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly FileRoot _root;

    public FolderListingTests() => _root = FileRoot.Open(_folder.Root);

    public void Dispose()
    {
        _root.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Entries_have_their_kind_size_and_time_and_links_are_not_followed()
    {
        var time = new DateTime(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(_folder.Write("file", "12345"), time);
        _folder.Write("folder/inside", "x");
        File.CreateSymbolicLink(_folder.In("link"), "file");
        _folder.MakeFifo("fifo");

        var entries = Pages(64 * 1024).Single().Entries;

        Assert.Equal(["fifo", "file", "folder", "link"], entries.Select(e => e.Name));
        Assert.Equal([EntryKind.Other, EntryKind.File, EntryKind.Folder, EntryKind.Other], entries.Select(e => e.Kind));
        Assert.Equal([0, 5, 0, 0], entries.Select(e => e.Size));
        Assert.Equal(time, entries[1].Modified.UtcDateTime);
    }

    [Fact]
    public void The_folder_of_partials_is_not_listed() => Assert.Empty(Pages(64 * 1024).Single().Entries);

    [Fact]
    public void Names_are_sorted_by_their_code_units()
    {
        string[] names = ["B", "a", "Z", "ä", "10", "9", "😀", "～"];
        foreach (var name in names) _folder.Write(name, "");

        Assert.Equal(names.Order(StringComparer.Ordinal), Pages(64 * 1024).Single().Entries.Select(e => e.Name));
    }

    [Fact]
    public void A_name_that_no_path_leads_to_is_listed_as_other_and_made_harmless()
    {
        _folder.Write("a\nb\u001b[31m", "x");

        var entry = Pages(64 * 1024).Single().Entries.Single();

        Assert.Equal(("a\uFFFDb\uFFFD[31m", EntryKind.Other), (entry.Name, entry.Kind));
    }

    [Fact]
    public void An_entry_removed_after_the_names_were_read_is_left_out()
    {
        _folder.Write("a", "");
        _folder.Write("b", "");
        using var listing = _root.OpenFolder(PathOf("/"), 100);
        File.Delete(_folder.In("a"));

        Assert.Equal(["b"], Decode(listing.ReadPage(1024, Rights.All, out _)).Entries.Select(e => e.Name));
    }

    [Fact]
    public void What_the_account_may_not_read_is_left_out_in_the_root_and_below()
    {
        _folder.Write("pub/a", "");
        _folder.Write("pub/secret", "");
        _folder.Write("secret", "");
        var rights = new Rights(["file.read:/**"], ["file.read:/secret/**", "file.read:/pub/secret"]);
        using var root = _root.OpenFolder(PathOf("/"), 100);
        using var pub = _root.OpenFolder(PathOf("pub"), 100);

        Assert.Equal(["pub"], Decode(root.ReadPage(1024, rights, out _)).Entries.Select(e => e.Name));
        Assert.Equal(["a"], Decode(pub.ReadPage(1024, rights, out _)).Entries.Select(e => e.Name));
        using var hidden = _root.OpenFolder(PathOf("pub"), 100);
        Assert.Empty(Decode(hidden.ReadPage(1024, Rights.None, out var last)).Entries);
        Assert.True(last);
    }

    [Fact]
    public void More_entries_than_allowed_are_too_large_and_as_many_as_allowed_are_listed()
    {
        foreach (var name in new[] { "a", "b", "c" }) _folder.Write(name, "");

        Assert.Equal(ErrorCode.TooLarge, CodeOf(() => _root.OpenFolder(PathOf("/"), 2)));
        using var listing = _root.OpenFolder(PathOf("/"), 3);
        Assert.Equal(3, listing.Count);
    }

    [Fact]
    public void Pages_keep_to_the_bytes_asked_for_and_lose_nothing()
    {
        // Names whose JSON is longer than they are.
        foreach (var i in Enumerable.Range(0, 50)) _folder.Write($"{i:000}{new string('"', 120)}{new string('é', 60)}", "");

        var pages = Pages(5_000);

        Assert.InRange(pages.Count, 5, 50);
        Assert.Equal(50, pages.Sum(p => p.Entries.Count));
        Assert.Equal([.. Enumerable.Repeat(false, pages.Count - 1), true], pages.Select(p => p.Last));
    }

    [Fact]
    public void A_full_page_of_the_longest_entries_keeps_to_the_bytes_asked_for()
    {
        foreach (var i in Enumerable.Range(0, 100))
        {
            Directory.CreateDirectory(_folder.In($"{i:000}{new string('"', 252)}"));
            Directory.SetLastWriteTimeUtc(_folder.In($"{i:000}{new string('"', 252)}"), DateTime.MaxValue.AddDays(-1));
        }

        Assert.Equal(100, Pages(20_000).Sum(p => p.Entries.Count));
    }

    [Fact]
    public void A_page_smaller_than_an_entry_has_one_entry()
    {
        _folder.Write("a", "");
        _folder.Write("b", "");
        using var listing = _root.OpenFolder(PathOf("/"), 100);

        Assert.Single(Decode(listing.ReadPage(1, Rights.All, out var last)).Entries);
        Assert.False(last);
    }

    [Fact]
    public void A_hundred_thousand_entries_come_in_pages_of_at_most_a_thousand()
    {
        Directory.CreateDirectory(_folder.In("many"));
        for (var i = 0; i < 100_000; i++) File.CreateSymbolicLink(_folder.In($"many/{i:000000}"), "x");
        using var listing = _root.OpenFolder(PathOf("many"), 100_000);

        var names = new List<string>();
        for (var last = false; !last;)
        {
            var json = listing.ReadPage(128 * 1024, Rights.All, out last);
            Assert.InRange(json.Length, 1, 128 * 1024);
            var page = Decode(json);
            Assert.InRange(page.Entries.Count, 1, 1000);
            names.AddRange(page.Entries.Select(e => e.Name));
        }

        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => $"{i:000000}"), names);
    }

    private List<FolderPage> Pages(int maxBytes)
    {
        using var listing = _root.OpenFolder(PathOf("/"), 1000);
        var pages = new List<FolderPage>();
        for (var last = false; !last;)
        {
            var json = listing.ReadPage(maxBytes, Rights.All, out last);
            Assert.True(json.Length <= maxBytes, $"{json.Length} bytes: {Encoding.UTF8.GetString(json)}");
            pages.Add(Decode(json));
        }

        return pages;
    }

    private static FolderPage Decode(byte[] json) =>
        Assert.IsType<FolderPage>(ProtocolJson.Decode((ReadOnlyMemory<byte>)json, ProtocolJsonContext.Default.FileEvent));
}
