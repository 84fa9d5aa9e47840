using System.Net;
using System.Net.Sockets;
using ActorNet.Client.Profiles;
using ActorNet.Protocol.Auth;

namespace ActorNet.Client.Tests.Support;

/// <summary>
/// Listens on a free loopback port and does what a test says, step by step. Nothing is answered by itself.
/// </summary>
internal sealed class FakeServer : IDisposable
{
    public const string Account = "alice";

    /// <summary>No wait in a test is longer; a test that comes here has failed.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public FakeServer()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        Address = new ServerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndPoint!).Port);
    }

    public static byte[] Key { get; } = [.. Enumerable.Range(1, HmacLogin.KeyLength).Select(i => (byte)i)];

    public ServerAddress Address { get; }

    public ClientOptions Options => new() { Server = Address, Account = Account, Key = Key };

    public async Task<FakePeer> AcceptAsync() => new(await _listener.AcceptAsync().WaitAsync(Patience));

    /// <summary>A client that is logged in, and the server's end of its connection.</summary>
    public async Task<(ActorNetClient Client, FakePeer Peer)> ConnectAsync(ClientOptions? options = null)
    {
        var connecting = ActorNetClient.ConnectAsync(options ?? Options);
        var peer = await AcceptAsync();
        await peer.LogInAsync();
        return (await connecting.WaitAsync(Patience), peer);
    }

    public void Dispose() => _listener.Dispose();
}
