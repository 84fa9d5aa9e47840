using System.Net;
using ActorNet.Server.Administration;
using ActorNet.Server.Audit;
using ActorNet.Server.Diagnostics;
using ActorNet.Server.Files;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using Serilog;
using Serilog.Core;

namespace ActorNet.Server.Hosting;

/// <summary><c>actorserver [run]</c>: from the configuration to a node that runs until it is told to stop.</summary>
internal static class RunCommand
{
    /// <summary>Runs; returns the exit code.</summary>
    public static async Task<int> RunAsync(ConfigSources sources, ServerConsole console)
    {
        if (CheckCommand.Load(sources, console) is not var (config, settings)) return ExitCode.Usage;
        using var signals = StopSignals.Register(StopNow);
        try
        {
            using var data = DataDirectory.Open(settings.Data.Directory);
            data.Subdirectory(AuditFile.DirectoryName);
            using var store = AccountStore.Open(data.Path, settings.Accounts);
            VerifyFiles(settings.Files);
            MakeAdmin(store, console);
            var accounts = store.Load();
            Log.Logger = ServerLog.Create(settings.Logging, data.Subdirectory(settings.Logging.Directory));
            var log = Log.Logger.ForContext(Constants.SourceContextPropertyName, "node");
            var (fitting, warnings) = SystemLimits.Fit(settings, DescriptorLimit.Current(), BacklogLimit.Current());
            foreach (var warning in warnings.Concat(MissingRoles.Warnings(accounts, settings.Access))) log.Warning("{Warning:l}", warning);
            await using var server = await RunningServer.StartAsync(
                new ServerParts(config, fitting, data, store, accounts, console), ActorNetHosting.StartAsync);
            log.Information(
                "Node {Node} runs: {Version}, process {ProcessId}", settings.Node.Name, StartReport.Version, Environment.ProcessId);
            Report(server, settings, data, accounts, console);
            var exitCode = await server.RunUntilAsync(signals.Requested);
            log.Information("Node {Node} stopped", settings.Node.Name);
            console.Say("Stopped.");
            return exitCode;
        }
        catch (Exception e) when (e is StartFailedException or AccountStoreException)
        {
            foreach (var problem in e.Message.Split('\n')) console.Complain(problem);
            return ExitCode.Failed;
        }
        // Akka's own settings are Akka's to check, and it throws whatever it runs into.
        catch (Exception e)
        {
            Log.Fatal(e, "The node failed");
            console.Complain($"failed: {e.Message}");
            return ExitCode.Failed;
        }
        finally
        {
            await Log.CloseAndFlushAsync();
        }
    }

    private static void VerifyFiles(FileSettings settings)
    {
        try
        {
            FileService.Verify(settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartFailedException($"actornet.files.root {settings.Root} cannot be used: {e.Message}");
        }
    }

    // At once, whatever becomes of the start: the next one does not make it again. Not in the log, which is kept.
    private static void MakeAdmin(AccountStore store, ServerConsole console)
    {
        if (FirstRun.MakeAdmin(store) is { } password)
        {
            console.Say($"First run: made the account {FirstRun.Admin}. Its password, shown this once: {password}");
            console.Say($"For another one: actorserver user passwd {FirstRun.Admin}. For more people: actorserver user add NAME --role ROLE");
        }
    }

    private static void StopNow(int exitCode)
    {
        Log.CloseAndFlush();
        Environment.Exit(exitCode);
    }

    private static void Report(
        RunningServer server, ServerSettings settings, DataDirectory data, AccountBook accounts, ServerConsole console)
    {
        var places = new List<(string, string)>
        {
            ("data", data.Path),
            ("files", settings.Files.Root),
            ("log", Path.Combine(data.Path, settings.Logging.Directory)),
        };
        if (WriteProfile(server.Listeners, settings.Profile, accounts) is { } profile) places.Add(("profile", profile));
        var lines = StartReport.Lines(StartReport.Version, server.Listeners, places, StartReport.ClientCommand());
        foreach (var line in lines) console.Say(line);
    }

    private static string? WriteProfile(IReadOnlyList<ListenerBound> listeners, ProfileSettings settings, AccountBook accounts)
    {
        // One in plaintext: with TLS the client would have to trust the certificate first.
        var local = listeners.Where(listener => listener.Fingerprint is null)
            .Select(listener => listener.Endpoint).OfType<IPEndPoint>().FirstOrDefault(ClientProfile.IsLocal);
        if (!settings.Write || local is null || FirstRun.LocalKeyOf(accounts) is not { } key) return null;
        var directory = settings.Directory.Length > 0
            ? Path.GetFullPath(settings.Directory)
            : ClientProfile.DefaultDirectory(Environment.GetEnvironmentVariable);
        if (directory is null)
        {
            Log.Warning(
                "No client profile was written: neither XDG_CONFIG_HOME nor HOME says where; set actornet.profile.directory");
            return null;
        }

        try
        {
            return ClientProfile.For(local, FirstRun.Admin, key).Write(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.Warning(
                "No client profile was written into {Directory}: {Reason} Set actornet.profile.directory to a place that can be",
                directory, e.Message);
            return null;
        }
    }
}
