using System.Net.Sockets;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Connections;
using ActorNet.TestSupport;
using Akka.Event;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Many clients at once that do anything in any order and leave in any way: nothing may be left behind, and nobody disturbed.</summary>
public class ConnectionChaosTests : SocketNode
{
    private const int Clients = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Clients_that_do_anything_leave_no_actor_no_error_and_no_dead_letter(int seed)
    {
        Start(Limits with { HalfCloseLinger = TimeSpan.FromSeconds(1) }, window: new ChannelWindow(16 * 1024, 64 * 1024));
        var deadLetters = CreateTestProbe();
        Sys.EventStream.Subscribe(deadLetters.Ref, typeof(DeadLetter));
        using var bystander = await ConnectAsync();
        await bystander.LoginAsync(ConnectionBench.Account, ConnectionBench.Key);
        await bystander.OpenAsync(1, "echo");

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(i => Task.Run(() => MisbehaveAsync(new Random(seed * 1000 + i)))));

        await bystander.SendAsync(new Frame(FrameType.Data, 1, new byte[] { 7 }));
        Assert.Equal([7], await bystander.ReadDataAsync(1));
        bystander.FinishSending();
        await bystander.ReadToEndAsync();
        ExpectEmpty();
        ExpectNoErrors();
        // To a transport whose peer has just reset it, something may be on its way.
        Assert.Empty(Letters(deadLetters).Where(m => m.GetType().Namespace != "Akka.IO").Select(m => m.ToString()));
    }

    private static List<object> Letters(Akka.TestKit.TestProbe probe)
    {
        var letters = new List<object>();
        while (probe.HasMessages) letters.Add(((DeadLetter)probe.ReceiveOne()).Message);
        return letters;
    }

    private async Task MisbehaveAsync(Random random)
    {
        using var peer = await ConnectAsync();
        try
        {
            if (random.Next(10) > 0) await peer.LoginAsync(ConnectionBench.Account, ConnectionBench.Key);
            for (var i = random.Next(30); i > 0; i--)
            {
                var bytes = RawPeer.Bytes([.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Any(random))]);
                var cut = random.Next(bytes.Length);
                await peer.SendBytesAsync(bytes.AsMemory(0, cut));
                await peer.SendBytesAsync(bytes.AsMemory(cut));
            }

            switch (random.Next(4))
            {
                case 0:
                    peer.Reset();
                    break;
                case 1:
                    peer.FinishSending();
                    await peer.ReadToEndAsync();
                    break;
                case 2:
                    peer.FinishSending();
                    break;
            }
        }
        catch (Exception e) when (e is SocketException or IOException)
        {
            // The server was faster to end it.
        }
    }

    private static Frame Any(Random random)
    {
        var channel = (uint)random.Next(1, 4);
        return random.Next(40) switch
        {
            < 12 => new OpenChannel(random.Next(8) == 0 ? "nowhere" : "echo", (uint)random.Next(0, 5000)).ToFrame(channel),
            < 16 => FramingBench.Close(channel),
            < 24 => FramingBench.Ping(1, 2, 3),
            < 27 => FramingBench.Data(channel, random.Next(1, 2000)),
            < 29 => FramingBench.Eof(channel),
            < 31 => WindowGrant.ToFrame(channel, (uint)random.Next(1, 5000)),
            < 32 => new Frame((FrameType)random.Next(1, 25), (uint)random.Next(0, 3), new byte[random.Next(0, 40)]),
            < 33 => new Goodbye().ToFrame(),
            _ => new Frame(FrameType.Pong, 0, default),
        };
    }
}
