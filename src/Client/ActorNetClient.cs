using System.Runtime.CompilerServices;
using ActorNet.Client.Auth;
using ActorNet.Client.Channels;
using ActorNet.Client.Chat;
using ActorNet.Client.Connections;
using ActorNet.Client.Echo;
using ActorNet.Client.Exec;
using ActorNet.Client.Files;
using ActorNet.Client.Trust;
using ActorNet.Protocol;
using ActorNet.Protocol.Accounts;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;

namespace ActorNet.Client;

/// <summary>
/// One connection to a server, logged in. Every method may be called from anywhere, and any number of channels are used
/// at once (up to
/// <see cref="MaxChannels"/>); one that nobody reads holds up no other. Errors are <see cref="ActorNetException"/>;
/// when the connection is lost, everything pending ends with <see cref="ConnectionLostException"/>. It does not connect
/// again by itself.
/// </summary>
public sealed class ActorNetClient : IAsyncDisposable
{
    private readonly ClientConnection _connection;

    private ActorNetClient(ClientConnection connection) => _connection = connection;

    /// <summary>The server's name of itself.</summary>
    public string Node => _connection.Login.Server.Node;

    /// <summary>The account that is logged in.</summary>
    public string Account => _connection.Login.Server.Account;

    /// <summary>Services a channel may be opened to.</summary>
    public IReadOnlyList<string> Services => _connection.Login.Server.Services;

    /// <summary>How many channels may be open at once.</summary>
    public int MaxChannels => _connection.Login.Server.MaxChannels;

    /// <summary>The mechanism of the login, <c>SCRAM-SHA-256-PLUS</c>; with -PLUS it is bound to this very TLS connection.</summary>
    public string Mechanism => _connection.Login.Mechanism;

    /// <summary>
    /// After a login by password: what may be kept in its place (<see cref="Credentials.OfScramKeys"/>); else null. As
    /// good as the password at this server until the password changes.
    /// </summary>
    public ScramKeys? ScramKeys => _connection.Login.ScramKeys;

    /// <summary>
    /// What the server gave this device, for <see cref="ClientOptions.Device"/> at the next login of this account; empty for nothing.
    /// </summary>
    public ReadOnlyMemory<byte> Device => _connection.Login.Server.Device;

    /// <summary>Connects and logs in; both sides prove that they know the account's key or password.</summary>
    /// <exception cref="ConnectFailedException">No connection within <see cref="ClientOptions.ConnectTimeout"/>, or it
    /// was turned away.</exception>
    /// <exception cref="ServerIdentityException">TLS: the server is not known to be the right one; nothing was sent.
    /// <see cref="UnknownServerException"/> at the first contact.</exception>
    /// <exception cref="LoginFailedException">The server did not accept the account, or is not the server the key or
    /// password is for.</exception>
    public static async Task<ActorNetClient> ConnectAsync(
        ClientOptions options, CancellationToken cancellation = default) =>
        new(await Connector.ConnectAsync(options, cancellation));

    /// <summary>The time from a PING to its PONG.</summary>
    public Task<TimeSpan> PingAsync(CancellationToken cancellation = default) => _connection.PingAsync(cancellation);

    /// <summary>Opens a channel that sends back what it is sent.</summary>
    public async Task<EchoChannel> OpenEchoAsync(CancellationToken cancellation = default) =>
        new(await _connection.OpenAsync(
            ServiceNames.Echo, ChannelSizes.Stream, new ChatOptions(), ProtocolJsonContext.Default.ChatOptions,
            new NoMessages(), cancellation));

    /// <summary>Opens a channel to the rooms.</summary>
    public async Task<ChatChannel> OpenChatAsync(ChatOptions? options = null, CancellationToken cancellation = default)
    {
        var chat = new ChatChannel();
        chat.Attach(await _connection.OpenAsync(
            ServiceNames.Chat, ChannelSizes.Messages, options ?? new ChatOptions(),
            ProtocolJsonContext.Default.ChatOptions, chat, cancellation));
        return chat;
    }

    /// <summary>Starts a command on the server; returns when it runs.</summary>
    /// <exception cref="ActorNetException">The server's code: <c>forbidden</c>, <c>not-found</c> for the program or
    /// folder, <c>too-many</c>, …</exception>
    public async Task<RemoteCommand> ExecAsync(ExecRequest request, CancellationToken cancellation = default)
    {
        var final = new FinalMessage<ExecEvent, CommandEnded>(ProtocolJsonContext.Default.ExecEvent);
        var channel = await _connection.OpenAsync(
            ServiceNames.Exec, ChannelSizes.Stream, request, ProtocolJsonContext.Default.ExecRequest, final,
            cancellation);
        return new RemoteCommand(channel, await channel.Opened, final.Said);
    }

    /// <summary>
    /// Copies a file of the server to <paramref name="destination"/>, and compares SHA-256 and size when all of it is
    /// there.
    /// </summary>
    /// <param name="path">On the server, relative to its root, with <c>/</c>.</param>
    /// <param name="destination">Written from its position on; not flushed and not closed. After an exception it has
    /// part of the file.</param>
    /// <param name="progress">Told after every piece, on whatever thread wrote it.</param>
    /// <param name="cancellation">Stops the transfer.</param>
    /// <exception cref="ActorNetException">The server's code: <c>not-found</c>, <c>forbidden</c>; <c>conflict</c> when
    /// the hash differs.</exception>
    public Task<FileReceived> GetFileAsync(
        string path, Stream destination, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellation = default) =>
        FileDownload.RunAsync(_connection, path, destination, progress, cancellation);

    /// <summary>
    /// Copies <paramref name="size"/> bytes to a file of the server, which is there under its name only when all of
    /// them were right.
    /// </summary>
    /// <param name="source">Read from its position on, never beyond <paramref name="size"/> bytes; not closed.</param>
    /// <param name="size">In bytes.</param>
    /// <param name="path">On the server, relative to its root, with <c>/</c>; its folder exists. A file of that name is
    /// replaced.</param>
    /// <param name="progress">Told after every piece, on whatever thread sent it.</param>
    /// <param name="cancellation">Stops the transfer; the server's file is then as it was.</param>
    /// <exception cref="ActorNetException">The server's code: <c>forbidden</c>, <c>too-large</c>, <c>conflict</c>;
    /// <c>invalid</c> when the source is too short.</exception>
    public Task<FileStored> PutFileAsync(
        Stream source, long size, string path, IProgress<TransferProgress>? progress = null,
        CancellationToken cancellation = default) =>
        FileUpload.RunAsync(_connection, source, size, path, progress, cancellation);

    /// <summary>
    /// The entries of a folder of the server, sorted by name (ordinal); it is read page by page as the caller goes on.
    /// </summary>
    /// <exception cref="ActorNetException">The server's code: <c>not-found</c>, <c>forbidden</c>.</exception>
    public async IAsyncEnumerable<FolderEntry> ListAsync(
        string path, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var listing = new PagedListing<FileEvent, FolderPage>(ProtocolJsonContext.Default.FileEvent, page => page.Last);
        await using var channel = await _connection.OpenAsync<FileRequest>(
            ServiceNames.Files, ChannelSizes.Messages, new ListFolder(path), ProtocolJsonContext.Default.FileRequest,
            listing, cancellation);
        await foreach (var page in listing.ReadAsync(channel).WithCancellation(cancellation))
        {
            foreach (var entry in page.Entries) yield return entry;
        }
    }

    /// <summary>Who this connection is, as the server sees it, and what it may do.</summary>
    public async Task<WhoAmI> WhoAmIAsync(CancellationToken cancellation = default)
    {
        await using var channel = await _connection.OpenAsync(
            ServiceNames.Account, ChannelSizes.Messages, new ChatOptions(), ProtocolJsonContext.Default.ChatOptions,
            new NoMessages(), cancellation);
        var opened = await channel.Opened;
        return Expect(() => ProtocolJson.Decode(opened.Result, ProtocolJsonContext.Default.WhoAmI));
    }

    /// <summary>The connections that are logged in, the oldest first; read page by page as the caller goes on.</summary>
    /// <exception cref="ActorNetException">The server's code: <c>forbidden</c>.</exception>
    public async IAsyncEnumerable<SessionEntry> ListSessionsAsync(
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var listing = new PagedListing<AdminEvent, SessionPage>(
            ProtocolJsonContext.Default.AdminEvent, page => page.Last);
        await using var channel = await _connection.OpenAsync<AdminRequest>(
            ServiceNames.Admin, ChannelSizes.Messages, new ListSessions(), ProtocolJsonContext.Default.AdminRequest,
            listing, cancellation);
        await foreach (var page in listing.ReadAsync(channel).WithCancellation(cancellation))
        {
            foreach (var session in page.Sessions) yield return session;
        }
    }

    /// <summary>Ends a connection of the server, its channels and transfers with it.</summary>
    /// <param name="session">Its name, from <see cref="ListSessionsAsync"/> or <see cref="WhoAmIAsync"/>.</param>
    /// <param name="cancellation">Stops the wait.</param>
    /// <exception cref="ActorNetException">The server's code: <c>not-found</c>, <c>forbidden</c>.</exception>
    public async Task DisconnectAsync(string session, CancellationToken cancellation = default)
    {
        var final = new FinalMessage<AdminEvent, SessionDisconnected>(ProtocolJsonContext.Default.AdminEvent);
        await using var channel = await _connection.OpenAsync<AdminRequest>(
            ServiceNames.Admin, ChannelSizes.Messages, new DisconnectSession(session),
            ProtocolJsonContext.Default.AdminRequest, final, cancellation);
        await final.Said.WaitAsync(cancellation);
    }

    /// <summary>
    /// Says GOODBYE and closes. What is still pending ends with <see cref="ConnectionLostException"/>.
    /// </summary>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static T Expect<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (ProtocolViolationException e)
        {
            throw new ActorNetException(null, $"the server's answer is not as it should be: {e.Message}", e);
        }
    }
}
