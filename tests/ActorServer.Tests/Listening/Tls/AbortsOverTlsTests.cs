using ActorNet.Server.Connections;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.TestSupport;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

/// <summary>
/// Connections that are broken while their streams read and write, on buffers of a pool that all share: a buffer that was given back too
/// early would show in the bytes of the others.
/// </summary>
public sealed class AbortsOverTlsTests : SocketNode
{
    private const int Breakers = 4;
    private const int Rounds = 25;
    private const int Size = 48 * 1024;

    private readonly TlsNode _tls = new();

    private protected override TlsSettings? Tls => TlsNode.Settings;

    private protected override Props ListenerProps(ListenerSettings settings, Admission admission, ConnectionContext context) =>
        _tls.Listener(settings, admission, context);

    private protected override Task<RawPeer> ConnectAsync(int? receiveBuffer = null) => RawPeer.ConnectTlsAsync(Endpoint, receiveBuffer);

    private protected override void CleanUp() => _tls.Dispose();

    [Fact]
    public async Task Connections_that_are_broken_in_the_middle_leave_the_bytes_of_others_and_no_exception_behind()
    {
        var unobserved = new List<Exception>();
        EventHandler<UnobservedTaskExceptionEventArgs> note = (_, e) =>
        {
            // Other tests run beside this one.
            if ($"{e.Exception}".Contains("ActorNet.Server.Transports", StringComparison.Ordinal))
                lock (unobserved) unobserved.Add(e.Exception);
        };
        TaskScheduler.UnobservedTaskException += note;
        try
        {
            Start(window: new ChannelWindow(4 * 1024 * 1024, 4 * 1024 * 1024));
            using var over = new CancellationTokenSource();
            Task[] steady = [Task.Run(() => EchoAsync(1, over.Token)), Task.Run(() => EchoAsync(2, over.Token))];
            await Task.WhenAll(Enumerable.Range(0, Breakers).Select(seed => Task.Run(() => BreakAsync(seed))));
            await over.CancelAsync();
            await Task.WhenAll(steady);
            ExpectEmpty();
            ExpectNoErrors();
            GC.Collect();
            GC.WaitForPendingFinalizers();
            lock (unobserved) Assert.Empty(unobserved);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= note;
        }
    }

    // Each byte of it says whose it is.
    private async Task EchoAsync(byte mark, CancellationToken over)
    {
        using var peer = await OpenEchoAsync();
        var bytes = Enumerable.Repeat(mark, Size).ToArray();
        while (!over.IsCancellationRequested)
        {
            await peer.SendAsync(Data(bytes));
            Assert.Equal(bytes, await peer.ReadDataAsync(Size));
        }
    }

    // Sends and reads nothing: what comes back stands in the kernel's buffers, and the rest of it in a write that is under way.
    private async Task BreakAsync(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            using var peer = await OpenEchoAsync(receiveBuffer: 4096);
            var frames = random.Next(1, 40);
            for (var i = 0; i < frames; i++) await peer.SendAsync(Data(Enumerable.Repeat((byte)0xEE, Size).ToArray()));
            peer.Reset();
        }
    }
}
