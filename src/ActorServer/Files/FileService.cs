using ActorNet.Protocol.Channels;
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
            context => Props.Create(() => new FileChannel(context, files, settings)));

    /// <summary>Opens the root once, so that a node whose root cannot be used does not start.</summary>
    /// <exception cref="IOException">With the reason.</exception>
    public static void Verify(FileSettings settings) => FileRoot.Open(settings.Root).Dispose();
}
