using ActorNet.Client;
using ActorNet.Client.Echo;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>A well-behaved client that echoes all the time, whatever happens to others.</summary>
internal sealed class Bystander : IAsyncDisposable
{
    private readonly ActorNetClient _client;
    private readonly EchoChannel _echo;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _echoing;
    private long _rounds;

    private Bystander(ActorNetClient client, EchoChannel echo)
    {
        (_client, _echo) = (client, echo);
        _echoing = Task.Run(EchoAsync);
    }

    public static async Task<Bystander> StartAsync(ServerFixture server)
    {
        var client = await server.ConnectAsync();
        return new Bystander(client, await client.OpenEchoAsync().InTime());
    }

    /// <summary>It was served all the time, and still is.</summary>
    public async Task ExpectUndisturbedAsync()
    {
        Assert.False(_echoing.IsCompleted);
        await _client.PingAsync().InTime();
        await _stop.CancelAsync();
        await _echoing.InTime();
        Assert.NotEqual(0, Interlocked.Read(ref _rounds));
    }

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _stop.Dispose();
    }

    private async Task EchoAsync()
    {
        var bytes = Content.Of(1000, seed: 1);
        do
        {
            await _echo.Input.WriteAsync(bytes);
            Assert.Equal(bytes, await _echo.Output.ReadAsync(bytes.Length));
            Interlocked.Increment(ref _rounds);
        }
        while (!_stop.IsCancellationRequested);
    }
}
