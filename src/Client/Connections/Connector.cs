using System.Net.Sockets;

namespace ActorNet.Client.Connections;

/// <summary>
/// From options to a connection that is logged in, within <see cref="ClientOptions.ConnectTimeout"/>, or nothing left
/// open.
/// </summary>
internal static class Connector
{
    /// <exception cref="ConnectFailedException">No connection.</exception>
    /// <exception cref="LoginFailedException">No login.</exception>
    public static async Task<ClientConnection> ConnectAsync(ClientOptions options, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.ConnectTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            return await LogInAsync(socket, options, either.Token);
        }
        catch (Exception e)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            if (e is OperationCanceledException)
                throw new ConnectFailedException(
                    null, $"{options.Server} did not answer within {options.ConnectTimeout.TotalSeconds:0.#} seconds",
                    e);
            if (e is SocketException)
                throw new ConnectFailedException(null, $"cannot connect to {options.Server}: {e.Message}", e);
            throw;
        }
    }

    private static async Task<ClientConnection> LogInAsync(
        Socket socket, ClientOptions options, CancellationToken cancellation)
    {
        await socket.ConnectAsync(options.Server.ToEndPoint(), cancellation);
        var source = new FrameSource(socket);
        var outbox = new Outbox(socket);
        var writing = outbox.RunAsync();
        try
        {
            var server = await new Handshake(source, outbox, options).RunAsync(cancellation);
            var connection = new ClientConnection(socket, source, outbox, writing, server, options);
            connection.Start();
            return connection;
        }
        catch
        {
            outbox.Finish();
            throw;
        }
    }
}
