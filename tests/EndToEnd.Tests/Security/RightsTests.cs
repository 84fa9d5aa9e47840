using ActorNet.Client;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Protocol.Exec;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>An account with a narrow role: what it may works; what it may not is refused, and does not tell what there is.</summary>
public sealed class RightsTests
{
    private static readonly string[] Settings =
    [
        "actornet.access.roles.narrow.allow=[\"file.read:/pub/**\", \"exec.run:echo\", \"chat.join:ops-*\"]",
        "actornet.access.roles.narrow.deny=[\"file.read:/pub/drafts/**\"]",
    ];

    [Fact]
    public async Task What_the_role_allows_works()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        Assert.Equal(["account", "chat", "exec", "files"], client.Services);
        using var file = new MemoryStream();
        await client.GetFileAsync("pub/news", file).InTime();
        Assert.Equal("public"u8.ToArray(), file.ToArray());
        await using var command = await client.ExecAsync(new ExecRequest(["echo", "hello"])).InTime();
        Assert.Equal("hello\n", await command.StandardOutput.ReadTextAsync());
        await using var chat = await client.OpenChatAsync().InTime();
        await chat.JoinAsync("ops-north").InTime();
        await chat.SayAsync("ops-north", "hello").InTime();
        Assert.Equal(["narrow"], (await client.WhoAmIAsync().InTime()).Roles);
    }

    [Fact]
    public async Task A_list_leaves_out_what_may_not_be_read()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        Assert.Equal(["2026", "news"], await client.ListAsync("pub").Select(entry => entry.Name).ToListAsync().AsTask().InTime());
        await using var admin = await server.ConnectAsync();
        Assert.Equal(["2026", "drafts", "news"], await admin.ListAsync("pub").Select(entry => entry.Name).ToListAsync().AsTask().InTime());
    }

    [Theory]
    [InlineData("secret/plan", "secret/nothing")]
    [InlineData("pub/drafts/next", "pub/drafts/nothing")]
    [InlineData("pub/../secret/plan", "pub/../secret/nothing")]
    [InlineData("PUB/news", "PUB/nothing")]
    public async Task A_file_that_may_not_be_read_is_refused_as_one_that_is_not_there(string real, string missing)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        var refused = await RefusalOf(() => client.GetFileAsync(real, Stream.Null));
        Assert.Contains(refused.Code, new ErrorCode?[] { ErrorCode.Forbidden, ErrorCode.Invalid });
        Assert.Equal(
            refused.Message.Replace(real, "*", StringComparison.Ordinal),
            (await RefusalOf(() => client.GetFileAsync(missing, Stream.Null))).Message.Replace(missing, "*", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_folder_that_may_not_be_read_is_refused_as_one_that_is_not_there()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        foreach (var folder in new[] { "/", "secret", "nothing" })
            Assert.Equal(ErrorCode.Forbidden, (await RefusalOf(() => client.ListAsync(folder).ToListAsync().AsTask())).Code);
    }

    [Theory]
    [InlineData("pub/news")]
    [InlineData("pub/new")]
    [InlineData("secret/plan")]
    public async Task Nothing_is_written_without_the_right_to(string path)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");
        using var source = new MemoryStream("changed"u8.ToArray());

        Assert.Equal(ErrorCode.Forbidden, (await RefusalOf(() => client.PutFileAsync(source, source.Length, path))).Code);

        Assert.Equal("public", await File.ReadAllTextAsync(server.PathOf("pub/news")));
        Assert.False(File.Exists(server.PathOf("pub/new")));
        Assert.Empty(server.Partials);
    }

    [Theory]
    [InlineData("/bin/echo")]
    [InlineData("ls")]
    [InlineData("no-such-program")]
    [InlineData("echo ")]
    public async Task A_program_that_may_not_be_run_is_refused_whether_there_is_one_or_not(string program)
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        Assert.Equal(ErrorCode.Forbidden, (await RefusalOf(() => client.ExecAsync(new ExecRequest([program])))).Code);
    }

    [Fact]
    public async Task A_command_line_takes_a_right_of_its_own()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("ann");

        Assert.Equal(ErrorCode.Forbidden, (await RefusalOf(() => client.ExecAsync(new ExecRequest(Shell: "echo hello")))).Code);
    }

    [Theory]
    [InlineData("lobby")]
    [InlineData("empty")]
    [InlineData("ops")]
    [InlineData("OPS-north")]
    public async Task A_room_that_may_not_be_joined_is_refused_whether_there_is_one_or_not(string room)
    {
        await using var server = await StartAsync();
        await using var admin = await server.ConnectAsync();
        await using var theirs = await admin.OpenChatAsync().InTime();
        await theirs.JoinAsync("lobby").InTime();
        await using var client = await server.ConnectAsync("ann");
        await using var chat = await client.OpenChatAsync().InTime();

        var refused = await RefusalOf(() => chat.JoinAsync(room));

        // Room names are told apart by their letters' case or not: in neither case is there more than one answer.
        if (refused.Code != ErrorCode.Forbidden) Assert.Fail($"{refused.Code}: {refused.Message}");
        Assert.Equal(ErrorCode.NotFound, (await RefusalOf(() => chat.SayAsync(room, "hello"))).Code);
        Assert.Equal(ErrorCode.NotFound, (await RefusalOf(() => chat.WhoPageAsync(room))).Code);
    }

    [Fact]
    public async Task A_service_without_a_right_is_refused_as_one_that_does_not_exist()
    {
        await using var server = await StartAsync();
        using var peer = await server.ConnectRawAsync();
        await peer.LoginAsync("ann", server.KeyOf("ann"));

        Assert.Equal(await RefusalOf(1, "nothing"), await RefusalOf(2, "admin"));
        Assert.Equal(await RefusalOf(3, "nothing"), await RefusalOf(4, "echo"));

        async Task<Protocol.Channels.ChannelRefused> RefusalOf(uint channel, string service)
        {
            await peer.SendAsync(new Protocol.Channels.OpenChannel(service, 1000).ToFrame(channel));
            return await peer.ReadAsync(Protocol.Frames.FrameType.Refused, Protocol.Json.ProtocolJsonContext.Default.ChannelRefused);
        }
    }

    [Fact]
    public async Task Without_a_role_there_is_nothing_but_who_one_is()
    {
        await using var server = await StartAsync();
        await using var client = await server.ConnectAsync("nobody");

        Assert.Equal(["account"], client.Services);
        Assert.Empty((await client.WhoAmIAsync().InTime()).Allow);
        Assert.Equal(ErrorCode.NotFound, (await RefusalOf(() => client.ExecAsync(new ExecRequest(["echo"])))).Code);
    }

    private static async Task<ServerFixture> StartAsync()
    {
        var server = await ServerFixture.StartAsync([new TestAccount("ann", null, "narrow"), new TestAccount("nobody", null)], Settings);
        (string Path, string Content)[] files =
            [("pub/news", "public"), ("pub/2026/may", "old"), ("pub/drafts/next", "not yet"), ("secret/plan", "secret")];
        foreach (var (path, content) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(server.PathOf(path))!);
            await File.WriteAllTextAsync(server.PathOf(path), content);
        }

        return server;
    }

    private static Task<ActorNetException> RefusalOf(Func<Task> act) => Assert.ThrowsAnyAsync<ActorNetException>(act).InTime();
}
