using ActorNet.Client.Channels;

namespace ActorNet.Client.Echo;

/// <summary>
/// A channel to the service <c>echo</c>: what is written to <see cref="Input"/> comes back from <see cref="Output"/>.
/// </summary>
public sealed class EchoChannel : IAsyncDisposable
{
    private readonly ClientChannel _channel;

    internal EchoChannel(ClientChannel channel)
    {
        _channel = channel;
        Input = new ChannelWriteStream(channel);
        Output = new ChannelReadStream(channel.Data);
    }

    /// <summary>
    /// To the server; a write waits while the server's window is used up. Disposing says that nothing more will come.
    /// </summary>
    public Stream Input { get; }

    /// <summary>From the server; ends after the last byte that <see cref="Input"/> was given.</summary>
    public Stream Output { get; }

    /// <summary>Closes the channel.</summary>
    public ValueTask DisposeAsync() => _channel.DisposeAsync();
}
