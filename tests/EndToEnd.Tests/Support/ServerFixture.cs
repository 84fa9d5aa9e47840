using System.Net;
using ActorNet.Client;
using ActorNet.Client.Auth;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Server.Administration;
using ActorNet.Server.Files;
using ActorNet.Server.Hosting;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using ActorNet.TestSupport;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>
/// A whole node in this process, on a port of its own, with a data folder of its own. Disposed of, it stops, and fails
/// the test if anything was left behind: an error in the log, a dead letter, an actor, a process, a part of a file.
/// </summary>
internal sealed class ServerFixture : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int MostShown = 20;

    private readonly TemporaryFolder _folder;
    private readonly DataDirectory _data;
    private readonly AccountStore _store;
    private readonly AccountBook _accounts;
    private readonly RunningServer _server;
    private readonly RecordedEvents _events;
    private readonly string[] _settings;
    private Task? _stopped;

    private ServerFixture(
        TemporaryFolder folder, DataDirectory data, AccountStore store, AccountBook accounts, ServerSettings settings, NodeConsole console,
        NodeProcesses processes, RunningServer server, RecordedEvents events, string password, string[] own)
    {
        (_folder, _data, _store, _server, _events, _settings) = (folder, data, store, server, events, own);
        (_accounts, Key, FilesRoot) = (accounts, FirstRun.LocalKeyOf(accounts)!, settings.Files.Root);
        (Console, Processes) = (console, processes);
        Endpoint = (IPEndPoint)server.Listeners.Single(listener => listener.Fingerprint is null).Endpoint;
        var tls = server.Listeners.Single(listener => listener.Fingerprint is not null);
        (TlsEndpoint, Password) = ((IPEndPoint)tls.Endpoint, password);
        Fingerprint = Fingerprint.TryParse(tls.Fingerprint!, out var fingerprint)
            ? fingerprint
            : throw new FormatException(tls.Fingerprint);
    }

    public IPEndPoint Endpoint { get; }

    /// <summary>The same node over TLS.</summary>
    public IPEndPoint TlsEndpoint { get; }

    /// <summary>Of the certificate that the node shows there.</summary>
    public Fingerprint Fingerprint { get; }

    /// <summary>The key of <see cref="FirstRun.Admin"/>.</summary>
    public byte[] Key { get; }

    /// <summary>The password of <see cref="FirstRun.Admin"/>.</summary>
    public string Password { get; }

    /// <summary>Where the node keeps what it knows.</summary>
    public string DataFolder => _data.Path;

    /// <summary>The folder that clients see as /.</summary>
    public string FilesRoot { get; }

    public NodeConsole Console { get; }

    /// <summary>What its commands run.</summary>
    public NodeProcesses Processes { get; }

    /// <summary>Uploads that are not whole.</summary>
    public IReadOnlyList<string> Partials => Directory.GetFiles(Path.Combine(FilesRoot, ".actornet-partial"));

    public ActorSystem System => Services.GetRequiredService<ActorSystem>();

    private IServiceProvider Services => _server.Services;

    /// <summary>Starts a node.</summary>
    /// <param name="settings">What differs from the reference, as <c>key=value</c> with the whole key.</param>
    public static Task<ServerFixture> StartAsync(params string[] settings) => StartAsync([], settings);

    /// <summary>Starts a node that has more accounts than the first one.</summary>
    /// <param name="more">Those.</param>
    /// <param name="settings">What differs from the reference, as <c>key=value</c> with the whole key.</param>
    public static async Task<ServerFixture> StartAsync(IReadOnlyList<TestAccount> more, params string[] settings)
    {
        var folder = new TemporaryFolder();
        var processes = new NodeProcesses();
        string[] own =
        [
            "actornet.listeners.native.port=0", "actornet.listeners.tls.port=0", "actornet.profile.write=off", "actornet.logging.file-level=off",
            "actornet.logging.console-level=warning", "actornet.accounts.password.iterations=100000", processes.Setting,
        ];
        var config = ConfigLoader.Load(new ConfigSources([], folder["data"], [.. own, .. settings]), []);
        var parsed = ServerSettings.From(config.Effective);
        var data = DataDirectory.Open(parsed.Data.Directory);
        var store = AccountStore.Open(data.Path, parsed.Accounts);
        var password = FirstRun.MakeAdmin(store)!;
        foreach (var account in more) account.AddTo(store);
        var accounts = store.Load();
        var console = new NodeConsole();
        RecordedEvents? events = null;
        var server = await RunningServer.StartAsync(
            new ServerParts(config, parsed, data, store, accounts, new ServerConsole(console, console)),
            (system, registry, services) =>
            {
                events = RecordedEvents.Of(system);
                return ActorNetHosting.StartAsync(system, registry, services);
            }).InTime();
        return new ServerFixture(folder, data, store, accounts, parsed, console, processes, server, events!, password, settings);
    }

    /// <summary>The key of an account that it was started with.</summary>
    public byte[] KeyOf(string account) =>
        _accounts.Find(account)!.Keys.Single(key => key.Label is TestAccount.KeyLabel or FirstRun.LocalKey).Secret;

    /// <summary>Its id, which is no secret.</summary>
    public string KeyIdOf(string account) => _accounts.Find(account)!.Keys.Single(key => key.Label == TestAccount.KeyLabel).Id;

    /// <summary>What a client is told to log in; over TLS it knows the certificate.</summary>
    public ClientOptions OptionsFor(string account, Credentials credentials, Transport transport = Transport.Tcp)
    {
        var endpoint = transport == Transport.Tls ? TlsEndpoint : Endpoint;
        return new ClientOptions
        {
            Server = new ServerAddress(endpoint.Address.ToString(), endpoint.Port, transport),
            Account = account,
            Credentials = credentials,
            KnownHosts = null,
            Fingerprint = transport == Transport.Tls ? Fingerprint : null,
        };
    }

    /// <summary>A client that is logged in.</summary>
    public Task<ActorNetClient> ConnectAsync() => ConnectAsync(FirstRun.Admin);

    /// <summary>A client that is logged in by the key of an account.</summary>
    public Task<ActorNetClient> ConnectAsync(string account, Transport transport = Transport.Tcp) =>
        ActorNetClient.ConnectAsync(OptionsFor(account, Credentials.OfKey(KeyOf(account)), transport)).InTime();

    /// <summary>A client that is logged in by a password.</summary>
    public Task<ActorNetClient> ConnectAsync(string account, string password, Transport transport = Transport.Tcp) =>
        ActorNetClient.ConnectAsync(OptionsFor(account, Credentials.OfPassword(password), transport)).InTime();

    /// <summary>Runs <c>actorserver</c> with this command line on the node's data, which must end with 0; what it said.</summary>
    public async Task<string> CommandAsync(params string[] command)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await ServerCommandLine.RunAsync(
            [.. command, "--data", DataFolder, .. _settings.SelectMany(setting => new[] { "--set", setting })],
            new ServerConsole(output, error));
        Assert.True(exitCode == 0, error.ToString());
        return output.ToString();
    }

    /// <summary>Bare bytes, before any login.</summary>
    public Task<RawPeer> ConnectRawAsync() => RawPeer.ConnectAsync(Endpoint);

    /// <summary>Bare bytes, logged in.</summary>
    public async Task<RawPeer> LoginRawAsync()
    {
        var peer = await ConnectRawAsync();
        await peer.LoginAsync(FirstRun.Admin, Key);
        return peer;
    }

    /// <summary>A file on the node.</summary>
    public string PathOf(string name) => Path.Combine(FilesRoot, name);

    /// <summary>Writes a client's profile, and returns the file.</summary>
    public string WriteProfile() =>
        ClientProfile.For(Endpoint, FirstRun.Admin, Key).Write(Path.Combine(_folder.Path, "profiles"));

    /// <summary>
    /// What is left of connections, jobs, transfers and rooms, once their clients are gone; waits a while for that.
    /// </summary>
    public async Task<IReadOnlyList<string>> LeftAsync(TimeSpan? patience = null)
    {
        var time = patience ?? Patience;
        var left = new List<string>();
        foreach (var listener in (await Services.GetRequiredService<Task<ServerActors>>()).Listeners)
        {
            try
            {
                await listener.Actor.Ask<ListenerEmpty>(new WhenEmpty(), time);
            }
            catch (AskTimeoutException)
            {
                var count = await listener.Actor.Ask<ConnectionCount>(new CountConnections(), Patience);
                left.Add($"{count.Live} connections");
            }
        }

        var actors = await ActorAudit.SurvivorsAsync(System, time, Services.GetRequiredService<IActorRegistry>());
        return [.. left, .. actors];
    }

    /// <summary>Waits until no transfer runs any more.</summary>
    public Task<IReadOnlyList<string>> TransfersLeftAsync() =>
        ActorAudit.SurvivorsOfAsync(System, Patience, Services.GetRequiredService<IActorRegistry>().Get<FileActor>());

    /// <summary>Connections there are now.</summary>
    public async Task<int> CountConnectionsAsync()
    {
        var counts = await Task.WhenAll((await Services.GetRequiredService<Task<ServerActors>>()).Listeners.Select(
            listener => listener.Actor.Ask<ConnectionCount>(new CountConnections(), Patience)));
        return counts.Sum(count => count.Live);
    }

    /// <summary>Stops it in order, as SIGTERM does.</summary>
    public Task StopAsync() => _stopped ??= _server.DisposeAsync().AsTask();

    public async ValueTask DisposeAsync()
    {
        var problems = new List<string>();
        if (_stopped is null) problems.AddRange(await LeftAsync());
        await StopAsync().InTime();
        problems.AddRange((await Processes.SurvivorsAsync(Patience)).Select(pid => $"process {pid}"));
        problems.AddRange(Partials.Select(file => $"part of a file {file}"));
        problems.AddRange(_events.Faults);
        _store.Dispose();
        _data.Dispose();
        _folder.Dispose();
        if (problems.Count > 0)
            Assert.Fail($"The node left behind {problems.Count}:\n  {string.Join("\n  ", problems.Take(MostShown))}");
    }
}
