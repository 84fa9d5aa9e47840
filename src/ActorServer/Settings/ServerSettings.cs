using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Auth;
using ActorNet.Server.Chat;
using ActorNet.Server.Connections;
using ActorNet.Server.Echo;
using ActorNet.Server.Exec;
using ActorNet.Server.Files;
using ActorNet.Server.Listening;
using ActorNet.Server.Storage;
using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>All settings of the node: <c>actornet</c>. Read once, at start.</summary>
public sealed record ServerSettings(
    NodeSettings Node,
    DataSettings Data,
    LoggingSettings Logging,
    ShutdownSettings Shutdown,
    ProfileSettings Profile,
    AuditSettings Audit,
    IReadOnlyList<ListenerSettings> Listeners,
    AdmissionSettings Admission,
    LoginSettings Login,
    ConnectionSettings Connections,
    ChannelSettings Channels,
    AccessSettings Access,
    EchoSettings Echo,
    ChatSettings Chat,
    FileSettings Files,
    ExecSettings Exec,
    AccountStoreSettings Accounts)
{
    /// <summary>Reads every section.</summary>
    /// <exception cref="InvalidSettingsException">With everything that is wrong, unknown keys included.</exception>
    public static ServerSettings From(Config config)
    {
        var reader = new SettingsReader(config, "actornet");
        var settings = Read(reader);
        string[] errors = [.. reader.Errors, .. BufferSizeErrors(config), .. UnknownKeys.Find(config, reader.Known)];
        return errors.Length > 0 ? throw new InvalidSettingsException(errors) : settings;
    }

    /// <summary>Reads every section, whatever is wrong; <see cref="SettingsReader.Errors"/> says it.</summary>
    internal static ServerSettings Read(SettingsReader reader)
    {
        var listeners = reader.Section("listeners").NamedSections();
        var data = DataSettings.From(reader.Section("data"));
        return new ServerSettings(
            NodeSettings.From(reader.Section("node")),
            data,
            LoggingSettings.From(reader.Section("logging")),
            ShutdownSettings.From(reader.Section("shutdown")),
            ProfileSettings.From(reader.Section("profile")),
            AuditSettings.From(reader.Section("audit")),
            [.. listeners.Select(listener => ListenerSettings.From(listener.Name, listener.Settings))],
            AdmissionSettings.From(reader.Section("admission")),
            LoginSettings.From(reader.Section("login")),
            ConnectionSettings.From(reader.Section("connections")),
            ChannelSettings.From(reader.Section("channels")),
            AccessSettings.From(reader.Section("access")),
            EchoSettings.From(reader.Section("echo")),
            ChatSettings.From(reader.Section("chat")),
            FileSettings.From(reader.Section("files"), data.FullPath),
            ExecSettings.From(reader.Section("exec")),
            AccountStoreSettings.From(reader.Section("accounts")));
    }

    // Akka reads digits only; anything else ends its start with "Member not found".
    private static IReadOnlyList<string> BufferSizeErrors(Config config)
    {
        var pool = new SettingsReader(config, "akka.io.tcp.disabled-buffer-pool");
        pool.Number("buffer-size", 512, 1024 * 1024);
        return pool.Errors;
    }
}
