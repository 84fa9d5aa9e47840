using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;

namespace ActorNet.EndToEnd.Tests.Services;

public sealed class FileTests
{
    [Fact]
    public async Task Sixty_four_MiB_go_up_and_come_down_with_one_hash()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        var bytes = Content.Of(64 * Content.MiB, seed: 1);
        var sha256 = Content.Sha256(bytes);

        var stored = await client.PutFileAsync(new MemoryStream(bytes), bytes.Length, "big").InTime();
        using var back = new MemoryStream(bytes.Length);
        var received = await client.GetFileAsync("big", back).InTime();

        Assert.Equal((bytes.Length, sha256), (stored.Size, stored.Sha256));
        Assert.Equal((bytes.Length, sha256), (received.Size, received.Sha256));
        Assert.Equal(sha256, Content.Sha256(back.GetBuffer().AsSpan(0, (int)back.Length)));
        Assert.Equal(sha256, Content.Sha256(await File.ReadAllBytesAsync(server.PathOf("big"))));
    }

    [Fact]
    public async Task An_empty_file_is_a_file()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();

        await client.PutFileAsync(Stream.Null, 0, "empty").InTime();
        using var back = new MemoryStream();
        await client.GetFileAsync("empty", back).InTime();

        Assert.Empty(back.ToArray());
        Assert.True(File.Exists(server.PathOf("empty")));
    }

    [Fact]
    public async Task A_folder_is_listed_sorted_with_kinds_and_sizes_over_many_pages()
    {
        await using var server = await ServerFixture.StartAsync("actornet.files.page-size=4KiB");
        await using var client = await server.ConnectAsync();
        var folder = Directory.CreateDirectory(server.PathOf("folder")).FullName;
        Directory.CreateDirectory(Path.Combine(folder, "0-inner"));
        var names = Enumerable.Range(0, 500).Select(i => $"file-{i:D3}").ToList();
        foreach (var name in names) await File.WriteAllTextAsync(Path.Combine(folder, name), name);

        var entries = await client.ListAsync("folder").ToListAsync().InTime();

        Assert.Equal(["0-inner", .. names], entries.Select(e => e.Name));
        Assert.Equal((EntryKind.Folder, 0L), (entries[0].Kind, entries[0].Size));
        Assert.All(entries[1..], e => Assert.Equal((EntryKind.File, 8L), (e.Kind, e.Size)));
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();

        Assert.Equal(ErrorCode.NotFound, await CodeAsync(() => client.GetFileAsync("nothing", Stream.Null)));
        Assert.Equal(ErrorCode.NotFound, await CodeAsync(() => client.PutFileAsync(Stream.Null, 0, "no-folder/file")));
        Assert.Equal(ErrorCode.NotFound, await CodeAsync(() => client.ListAsync("nothing").ToListAsync().AsTask()));
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/../../outside")]
    [InlineData("/../outside")]
    [InlineData("link/outside")]
    [InlineData("link-to-file")]
    public async Task No_path_leads_out_of_the_root(string path)
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        var outside = Path.Combine(Path.GetDirectoryName(server.FilesRoot)!, "outside");
        await File.WriteAllTextAsync(outside, "secret");
        Directory.CreateDirectory(server.PathOf("a"));
        File.CreateSymbolicLink(server.PathOf("link"), Path.GetDirectoryName(outside)!);
        File.CreateSymbolicLink(server.PathOf("link-to-file"), outside);
        using var got = new MemoryStream();

        await CodeAsync(() => client.GetFileAsync(path, got));
        // What is named by a link is replaced, never what it leads to.
        if (path != "link-to-file") await CodeAsync(() => client.PutFileAsync(new MemoryStream([1]), 1, path));

        Assert.Empty(got.ToArray());
        Assert.Equal("secret", await File.ReadAllTextAsync(outside));
    }

    [Fact]
    public async Task Of_two_who_write_one_file_the_second_is_refused_and_the_first_goes_on()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var other = await server.ConnectAsync();
        using var source = new GatedStream(Content.Of(Content.MiB, seed: 1));
        var first = client.PutFileAsync(source, Content.MiB, "contested");
        await source.Reached.InTime();

        Assert.Equal(ErrorCode.Conflict, await CodeAsync(() => other.PutFileAsync(Stream.Null, 0, "contested")));

        source.Open();
        await first.InTime();
        Assert.Equal(Content.MiB, new FileInfo(server.PathOf("contested")).Length);
        await other.PutFileAsync(Stream.Null, 0, "contested").InTime();
    }

    [Fact]
    public async Task A_client_that_breaks_off_in_the_middle_of_a_get_leaves_nothing_behind()
    {
        await using var server = await ServerFixture.StartAsync();
        await File.WriteAllBytesAsync(server.PathOf("file"), Content.Of(32 * Content.MiB, seed: 1));
        using var peer = await server.LoginRawAsync();
        await peer.OpenAsync(
            1, ServiceNames.Files, (FileRequest)new GetFile("file"), ProtocolJsonContext.Default.FileRequest);
        await peer.ReadDataAsync(Content.MiB);

        peer.Reset();

        Assert.Empty(await server.LeftAsync());
    }

    private static async Task<ErrorCode?> CodeAsync(Func<Task> run) =>
        (await Assert.ThrowsAsync<ActorNetException>(() => run().InTime())).Code;
}
