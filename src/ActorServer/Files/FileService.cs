using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using Akka.Actor;

namespace ActorNet.Server.Files;

/// <summary>The files service as the node puts it together.</summary>
public static class FileService
{
    /// <summary>The dispatcher of everything that touches the disk.</summary>
    public const string Dispatcher = "actornet.file-dispatcher";

    /// <summary>The service as connections see it; <paramref name="files"/> is the <see cref="FileActor"/>.</summary>
    public static ServiceDefinition Definition(IActorRef files, FileSettings settings) =>
        new(ServiceNames.Files, settings.Window,
            context => Props.Create(() => new FileChannel(context, files, settings)))
        {
            Access = new ServiceAccess(AccessTable.VerbsOf(ServiceNames.Files), open => DemandOf(open, settings)),
        };

    /// <summary>Opens the root once, so that a node whose root cannot be used does not start.</summary>
    /// <exception cref="IOException">With the reason.</exception>
    public static void Verify(FileSettings settings) => FileRoot.Open(settings.Root).Dispose();

    // The right is for the path as it is read, so one that no file can have is refused as that first.
    private static Demand DemandOf(OpenChannel open, FileSettings settings)
    {
        var request = ProtocolJson.Decode(open.Params, ProtocolJsonContext.Default.FileRequest);
        try
        {
            if (PathOf(request) is { } path) FilePath.Parse(path, settings);
        }
        catch (FileFaultException fault)
        {
            throw new ProtocolViolationException(fault.Code, fault.Message, fault);
        }

        return AccessTable.DemandOf(ServiceNames.Files, request);
    }

    private static string? PathOf(FileRequest request) => request switch
    {
        GetFile get => get.Path,
        ListFolder list => list.Path,
        PutFile put => put.Path,
        _ => null,
    };
}
