using System.Diagnostics;
using System.Net.Sockets;
using System.Text.Json;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Accounts;

/// <summary>What <c>actorserver user</c> and <c>key</c> change holds on a node that runs, without a restart.</summary>
public sealed class AccountCommandTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task An_account_and_its_key_that_are_made_while_the_node_runs_can_log_in()
    {
        await using var server = await ServerFixture.StartAsync();

        var key = await MakeAsync(server, "ann");

        using var peer = await LoggedInAsync(server, "ann", key);
        using var again = await server.ConnectRawAsync();
        Assert.Equal("ann", (await again.LoginAsync("ann", key)).Account);
    }

    private static async Task<byte[]> MakeAsync(ServerFixture server, string account)
    {
        await server.CommandAsync("user", "add", account, "--no-password");
        var profile = JsonDocument.Parse(await server.CommandAsync("key", "add", account, "--label", "test")).RootElement;
        return profile.GetProperty("key").GetBytesFromBase64();
    }

    private static async Task<RawPeer> LoggedInAsync(ServerFixture server, string account, byte[] key)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var peer = await server.ConnectRawAsync();
            try
            {
                await peer.LoginAsync(account, key);
                return peer;
            }
            catch (Exception e) when (e is InvalidDataException or SocketException && clock.Elapsed < Patience)
            {
                // The node has not looked yet, and refused; the next try is another connection.
                peer.Dispose();
            }
        }
    }
}
