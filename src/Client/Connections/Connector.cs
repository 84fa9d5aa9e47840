using System.Net.Sockets;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;

namespace ActorNet.Client.Connections;

/// <summary>
/// From options to a connection that is logged in, within <see cref="ClientOptions.ConnectTimeout"/>, or nothing left
/// open.
/// </summary>
internal static class Connector
{
    /// <exception cref="ConnectFailedException">No connection.</exception>
    /// <exception cref="ServerIdentityException">Not known to be the right server.</exception>
    /// <exception cref="LoginFailedException">No login.</exception>
    public static async Task<ClientConnection> ConnectAsync(ClientOptions options, CancellationToken cancellation)
    {
        options.Check();
        return await TryAsync(
            options, async (pending, token) => await LogInAsync(await pending.OpenAsync(options, token), pending, options, token),
            cancellation);
    }

    /// <summary>Only whether it is the right server; nothing is said to it.</summary>
    /// <exception cref="ConnectFailedException">No connection.</exception>
    /// <exception cref="ServerIdentityException">Not known to be the right server.</exception>
    public static Task IdentifyAsync(ClientOptions options, CancellationToken cancellation) =>
        TryAsync(options, (pending, token) => pending.OpenAsync(options, token), cancellation);

    private static async Task<T> TryAsync<T>(
        ClientOptions options, Func<PendingLink, CancellationToken, Task<T>> act, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        using var pending = new PendingLink();
        try
        {
            return await act(pending, either.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || Link.IsLoss(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw e is OperationCanceledException
                ? new ConnectFailedException(
                    null, $"{options.Server} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} seconds",
                    e)
                : new ConnectFailedException(null, Describe(options, e), e);
        }
    }

    private static string Describe(ClientOptions options, Exception e) =>
        e is IOException or SocketException { SocketErrorCode: SocketError.ConnectionReset }
            ? $"{options.Server} hung up without a word ({(e.InnerException ?? e).Message.TrimEnd('.')}): it refuses this address, for a "
                + "while after failed logins or too many connections, or for good; or it is no ActorNet server"
            : $"cannot connect to {options.Server}: {e.Message}";

    private static async Task<ClientConnection> LogInAsync(
        Link link, PendingLink pending, ClientOptions options, CancellationToken cancellation)
    {
        var source = new FrameSource(link);
        var outbox = new Outbox(link);
        var writing = outbox.RunAsync();
        try
        {
            var login = await new Handshake(source, outbox, link.Bindings, options).RunAsync(cancellation);
            var connection = new ClientConnection(link, source, outbox, writing, login, options);
            pending.Release();
            connection.Start();
            return connection;
        }
        catch
        {
            outbox.Finish();
            throw;
        }
    }

    // A socket, then a link on it, until the connection owns it.
    private sealed class PendingLink : IDisposable
    {
        private IDisposable? _open;

        public async Task<Link> OpenAsync(ClientOptions options, CancellationToken cancellation)
        {
            // what is known of the server is read before anything is sent to it
            var pin = options.Server.Transport == Transport.Tls ? new ServerPin(options) : null;
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            _open = socket;
            await socket.ConnectAsync(options.Server.ToEndPoint(), cancellation);
            Link link = pin is null
                ? new PlainLink(socket)
                : await TlsLink.OpenAsync(socket, options, pin, cancellation);
            _open = link;
            return link;
        }

        public void Release() => _open = null;

        public void Dispose() => _open?.Dispose();
    }
}
