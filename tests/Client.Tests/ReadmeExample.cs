using ActorNet.Client.Profiles;
using ActorNet.Client.Tests.Support;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Frames;

namespace ActorNet.Client.Tests;

/// <summary>
/// The example of the README, between the marks; it compiles here and is run up to its first request.
/// </summary>
public sealed class ReadmeExample : IDisposable
{
    private readonly FakeServer _server = new();

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task Example_connects_and_starts_the_command()
    {
        using var home = new CommandRun().WithProfile(_server);
        var store = new ProfileStore(name => name == "HOME" ? home.Home : null);
        var example = RunAsync(store.Find(_server.Address, null));
        using var peer = await _server.AcceptAsync();
        await peer.LogInAsync();
        await peer.ExpectAsync(FrameType.Open);
        peer.Dispose();
        await Assert.ThrowsAsync<ConnectionLostException>(() => example);
    }

    [Fact]
    public void Readme_shows_the_example_as_it_stands_here()
    {
        var source = File.ReadAllText(ThisFile());
        var readme = File.ReadAllText(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "README.md"));

        var example = string.Join('\n', Between(source, "        // <readme>\n", "        // </readme>\n").Split('\n').Select(line => line.Length > 8 ? line[8..] : line));

        Assert.Equal(example.Trim(), Between(readme, "```csharp\n", "```").Trim());
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.LastIndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }

    private static string ThisFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static async Task RunAsync(Profile profile)
    {
        // <readme>
        await using var client = await ActorNetClient.ConnectAsync(ClientOptions.From(profile));

        await using var command = await client.ExecAsync(new ExecRequest(["uname", "-a"]));
        await command.StandardInput.DisposeAsync();
        await Task.WhenAll(
            command.StandardOutput.CopyToAsync(Console.OpenStandardOutput()),
            command.StandardError.CopyToAsync(Console.OpenStandardError()));
        Console.WriteLine($"exit code {(await command.Completion).ExitCode}");

        await using var chat = await client.OpenChatAsync();
        await chat.JoinAsync("lobby");
        await chat.SayAsync("lobby", "hello");
        // </readme>
    }
}
