using ActorNet.Protocol;
using ActorNet.Server.Connections;
using ActorNet.TestSupport;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Over Akka.IO, in plaintext.</summary>
public sealed class ConnectionOverSocketTests : ConnectionOverSocketSpec
{
    [Fact]
    public async Task A_client_that_never_reads_is_read_no_further_and_aborted_at_the_write_timeout()
    {
        Start(
            Limits with { WriteTimeout = TimeSpan.FromSeconds(2) },
            window: new ChannelWindow(1024 * 1024, 64 * 1024 * 1024));
        using var peer = await OpenEchoAsync(receiveBuffer: 4096);
        var ping = RawPeer.Bytes([.. Enumerable.Repeat(FramingBench.Ping(new byte[ProtocolLimits.MaxPingPayload]), 500)]);
        var sent = 0L;
        await EventFilter.Info(contains: "slow-consumer").ExpectOneAsync(() =>
        {
            // As much as goes, until the server has stopped reading and the kernel's buffers are full.
            while (CountLive() > 0)
            {
                var count = SendSome(peer, ping, (int)(sent % ping.Length));
                sent += count;
                Assert.True(sent < 64 * 1024 * 1024, "the server goes on reading");
            }

            return Task.CompletedTask;
        });
        ExpectEmpty();
    }

    private static int SendSome(RawPeer peer, byte[] bytes, int offset)
    {
        try
        {
            return peer.SendNow(bytes.AsSpan(offset));
        }
        catch (System.Net.Sockets.SocketException)
        {
            return 0;
        }
    }

    [Fact]
    public async Task One_client_above_the_cap_is_told_so_and_the_next_gets_in_when_one_has_left()
    {
        Start(maxConnections: 2);
        using var first = await OpenEchoAsync();
        using var second = await OpenEchoAsync();
        using (var third = await RawPeer.ConnectAsync(Endpoint)) Assert.Equal(ErrorCode.TooMany, (await third.ReadGoodbyeAndEndAsync()).Code);
        first.FinishSending();
        await first.ReadToEndAsync();
        AwaitAssert(() => Assert.Equal(1, CountLive()));
        using var fourth = await OpenEchoAsync();
    }
}
