using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol;
using ActorNet.Server.Diagnostics;

namespace ActorNet.EndToEnd.Tests.Connections;

public sealed class ManyClientsTests
{
    private const int Clients = 500;

    [Fact]
    public async Task Five_hundred_clients_at_once_get_all_answers_right()
    {
        // Both ends of every connection are in this process.
        Assert.True(DescriptorLimit.Current() is not < (2 * Clients) + 500, "too few descriptors: ulimit -n 4096");
        await using var server = await ServerFixture.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async number =>
        {
            await using var client = await server.ConnectAsync();
            await using var echo = await client.OpenEchoAsync().InTime();
            for (var round = 0; round < 5; round++)
            {
                var bytes = Content.Of(100 + (number * 7), seed: (number * 10) + round);
                await echo.Input.WriteAsync(bytes).InTime();
                Assert.Equal(bytes, await echo.Output.ReadAsync(bytes.Length));
            }
        })).InTime();
    }

    [Fact]
    public async Task One_more_than_the_limit_is_told_so_and_a_place_is_free_again_once_one_leaves()
    {
        await using var server = await ServerFixture.StartAsync("actornet.admission.max-connections=2");
        await using var first = await server.ConnectAsync();
        using var second = await server.LoginRawAsync();
        using (var third = await server.ConnectRawAsync())
            Assert.Equal(ErrorCode.TooMany, (await third.ReadGoodbyeAndEndAsync()).Code);

        second.Dispose();

        await using var next = await AdmittedAsync(server);
        await next.PingAsync().InTime();
        await first.PingAsync().InTime();
    }

    [Fact]
    public async Task A_flood_of_strangers_keeps_nobody_out_for_longer_than_the_login_timeout()
    {
        await using var server = await ServerFixture.StartAsync(
            "actornet.admission.max-before-login=5", "actornet.connections.login-timeout=5s");
        await using var bystander = await Bystander.StartAsync(server);
        var strangers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => server.ConnectRawAsync()));
        using (var another = await server.ConnectRawAsync())
            Assert.Equal(ErrorCode.TooMany, (await another.ReadGoodbyeAndEndAsync()).Code);

        foreach (var stranger in strangers)
        {
            Assert.Equal(ErrorCode.Timeout, (await stranger.ReadGoodbyeAndEndAsync()).Code);
            stranger.Dispose();
        }

        await using var next = await AdmittedAsync(server);
        await bystander.ExpectUndisturbedAsync();
    }

    // The place is free once the node has seen the end of the one before: until then, as the answer says, try again.
    private static async Task<Client.ActorNetClient> AdmittedAsync(ServerFixture server)
    {
        using var deadline = new CancellationTokenSource(Deadline.Time);
        while (true)
        {
            try
            {
                return await server.ConnectAsync();
            }
            catch (Client.ConnectFailedException e)
                when (e.Code == ErrorCode.TooMany && !deadline.IsCancellationRequested)
            {
                // Refused again.
            }
        }
    }
}
