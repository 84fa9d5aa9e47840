using System.Collections.Frozen;
using System.Net;
using ActorNet.Server.Accounts;
using ActorNet.Server.Admin;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Chat;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Echo;
using ActorNet.Server.Exec;
using ActorNet.Server.Files;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using Akka.Actor;
using Akka.Hosting;
using Akka.IO;
using Microsoft.Extensions.DependencyInjection;

namespace ActorNet.Server.Hosting;

/// <summary>Which actors there are: the one place where services and listeners are put together.</summary>
internal static class ActorNetHosting
{
    // Some reads of the disk; what the stop steps may take beyond the grace of jobs has room for it.
    private static readonly TimeSpan StorageStopTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Starts what the node consists of, and says what the host has to do with it.</summary>
    public delegate Task<ServerActors> StartActors(ActorSystem system, IActorRegistry registry, IServiceProvider services);

    /// <summary>
    /// Adds the actor system, and <see cref="ServerActors"/> as a task that ends when they are started.
    /// </summary>
    public static IServiceCollection AddActorNet(
        this IServiceCollection services, LayeredConfig config, ServerSettings settings, StartActors start)
    {
        var started = new TaskCompletionSource<ServerActors>(TaskCreationOptions.RunContinuationsAsynchronously);
        return services
            .AddSingleton(started.Task)
            .AddAkka("actornet", (akka, provider) => akka
                .AddHocon(AkkaConfig.From(config, settings), HoconAddMode.Prepend)
                .WithActors(async (system, registry) => started.SetResult(await start(system, registry, provider))));
    }

    /// <summary>The actors of the node: each service, then the listeners through which clients reach them.</summary>
    public static async Task<ServerActors> StartAsync(ActorSystem system, IActorRegistry registry, IServiceProvider services)
    {
        var settings = services.GetRequiredService<ServerSettings>();
        var run = NodeRun.NewId();
        var audit = Add<AuditActor>("audit", NodeRun.Audit(settings, services.GetRequiredService<DataDirectory>(), run));
        NodeRun.EndWith(system, audit);
        var book = services.GetRequiredService<AccountBook>();
        var accounts = Add<AccountsActor>(
            "accounts", Props.Create(() => new AccountsActor(book, settings.Login, settings.Accounts.Iterations, settings.Access.Resolve)));
        var storage = Add<AccountStoreActor>("storage", AccountStoreActor.Props(services.GetRequiredService<AccountStore>(), accounts, audit));
        var chat = Add<ChatActor>(ChatService.ActorName, ChatActor.Props(settings.Chat, TimeProvider.System));
        var files = Add<FileActor>("files", FileActor.Props(settings.Files));
        var exec = Add<ExecActor>("exec", ExecActor.Props(settings.Exec));

        ServiceDefinition[] offered =
        [
            EchoService.Definition(settings.Echo),
            ChatService.Definition(chat, settings.Chat),
            FileService.Definition(files, settings.Files),
            ExecService.Definition(exec, settings.Exec),
            AccountService.Definition(),
            AdminService.Definition(accounts),
        ];
        StopStep[] stopSteps =
        [
            new("jobs", () => exec.Ask<JobsStopped>(StopJobs.Instance, AkkaConfig.StopStepsTime(settings))),
            // Before the audit: what it would go on to hand over stays in the store, for the next start.
            new("storage", () => storage.GracefulStop(StorageStopTimeout)),
        ];

        var connections = new ConnectionContext(
            settings.Node.Name,
            settings.Connections,
            settings.Channels,
            offered.ToFrozenDictionary(service => service.Name),
            accounts,
            services.GetRequiredService<ServerMetrics>())
        {
            Mechanisms = settings.Login.Mechanisms,
            Run = run,
            Audit = audit,
        };
        var parent = Add<ListenersActor>(ConnectionAddress.Listeners, Props.Create(() => new ListenersActor()));
        var tcp = system.Tcp();
        var admission = new Admission(settings.Admission, Random.Shared);
        var listeners = new List<ServerListener>();
        foreach (var listener in settings.Listeners)
        {
            var added = await parent.Ask<ListenerAdded>(new AddListener(listener.Name, PropsOf(listener)), StartTimeout);
            listeners.Add(new ServerListener(listener.Name, listener.Endpoint.ToString(), added.Actor));
        }

        return new ServerActors(listeners, stopSteps);

        Props PropsOf(ListenerSettings listener)
        {
            if (listener.Tls is not { } tls) return Props.Create(() => new TcpListenerActor(listener, admission, connections, tcp));
            var files = CertificateFiles.Of(tls, listener.Name, services.GetRequiredService<DataDirectory>().Subdirectory("tls"));
            Func<IPEndPoint, int, IAcceptingSocket> bind = AcceptingSocket.Bind;
            return Props.Create(() => new StreamListenerActor(listener, admission, connections, files, bind));
        }

        IActorRef Add<TKey>(string name, Props props)
        {
            var actor = system.ActorOf(props, name);
            registry.Register<TKey>(actor);
            return actor;
        }
    }
}
