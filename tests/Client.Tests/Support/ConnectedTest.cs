namespace ActorNet.Client.Tests.Support;

/// <summary>A test that begins with a client logged in and the server's end of its connection in hand.</summary>
public abstract class ConnectedTest : IAsyncLifetime, IDisposable
{
    internal FakeServer Server { get; } = new();

    internal ActorNetClient Client { get; private set; } = null!;

    internal FakePeer Peer { get; private set; } = null!;

    public async Task InitializeAsync() => (Client, Peer) = await Server.ConnectAsync();

    public async Task DisposeAsync()
    {
        Peer.Dispose();
        await Client.DisposeAsync();
    }

    public void Dispose()
    {
        Server.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Bytes that repeat late, so that a piece in the wrong place shows.</summary>
    protected static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        for (var i = 0; i < count; i++) bytes[i] = (byte)(i * 7 + i / 251);
        return bytes;
    }

    internal async Task SendInFramesAsync(uint channel, ReadOnlyMemory<byte> bytes)
    {
        const int size = 100_000;
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(bytes.Length, size)..])
            await Peer.SendDataAsync(channel, bytes[..Math.Min(bytes.Length, size)]);
    }
}
