using Akka.Event;
using Xunit.Sdk;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>The audit that every test here ends with finds what it looks for.</summary>
public sealed class ServerFixtureTests
{
    [Fact]
    public Task An_error_in_the_log_fails_the_test() => ExpectFoundAsync(
        "error of somebody: it broke",
        server => server.System.EventStream.Publish(new Error(null, "somebody", typeof(object), "it broke")));

    [Fact]
    public Task A_message_to_nobody_fails_the_test() => ExpectFoundAsync(
        "/user/nobody]: hello", server => server.System.ActorSelection("/user/nobody").Tell("hello"));

    [Fact]
    public Task A_part_of_a_file_fails_the_test() => ExpectFoundAsync(
        "part of a file", server => File.WriteAllText(server.PathOf(".actornet-partial/left.part"), ""));

    [Fact]
    public async Task What_lives_is_named()
    {
        await using var server = await ServerFixture.StartAsync();
        await using var client = await server.ConnectAsync();
        await using var command = await client.ExecAsync(new Protocol.Exec.ExecRequest(["cat"])).InTime();

        var left = await server.LeftAsync(TimeSpan.FromMilliseconds(100));

        Assert.Equal(["1 connections", "/user/listeners/native/conn-1", "/user/exec/job-1"], left);
        Assert.Equal([command.Pid], await server.Processes.SurvivorsAsync(TimeSpan.FromMilliseconds(100)));
    }

    private static async Task ExpectFoundAsync(string problem, Action<ServerFixture> cause)
    {
        var server = await ServerFixture.StartAsync();
        cause(server);

        var failure = await Assert.ThrowsAsync<FailException>(async () => await server.DisposeAsync());

        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }
}
