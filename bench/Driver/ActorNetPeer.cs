using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Auth;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Bench;

/// <summary>The node itself, in a data folder of its own: login, then an echo channel, as any client.</summary>
internal sealed class ActorNetPeer : Peer
{
    private readonly string _folder;
    private readonly string _account;
    private readonly byte[] _key;

    private ActorNetPeer(Process process, string folder, JsonElement profile) : base("actornet", process)
    {
        _folder = folder;
        _account = profile.GetProperty("account").GetString()!;
        _key = profile.GetProperty("key").GetBytesFromBase64();
        Port = int.Parse(profile.GetProperty("server").GetString()!.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public override int Port { get; }

    public static ActorNetPeer Start(string assembly, IEnumerable<string> settings)
    {
        var folder = Directory.CreateTempSubdirectory("actornet-bench-").FullName;
        string[] arguments = ["--data", Path.Combine(folder, "data"), "--set", "actornet.listeners.native.port=0", "--set", "actornet.listeners.tls.port=0"];
        var process = StartDotnet(
            assembly, [.. arguments, .. settings.SelectMany(s => new[] { "--set", s })], ("XDG_CONFIG_HOME", folder));
        // The profile is written once the port is bound; the console says so.
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (Directory.Exists(ProfileFolder(folder)) && Directory.GetFiles(ProfileFolder(folder), "*.json") is [var file])
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new ActorNetPeer(process, folder, JsonDocument.Parse(File.ReadAllBytes(file)).RootElement);
            }

            Console.Error.WriteLine(line);
        }

        throw new InvalidOperationException("the node did not start");
    }

    public override uint Prepare(Socket socket)
    {
        var reader = new FrameReader(ProtocolLimits.MaxPayload);
        var hello = new ClientHello([ProtocolLimits.Version], "bench", RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength)).ToFrame();
        var serverHello = Exchange(socket, reader, hello, FrameType.Hello);
        var proof = HmacLogin.ClientProof(_key, hello.Payload.Span, serverHello.Payload.Span, _account);
        Exchange(socket, reader, new Authenticate(HmacLogin.Mechanism, proof, _account).ToFrame(), FrameType.Authenticated);
        var opened = Exchange(socket, reader, new OpenChannel(ServiceNames.Echo, ProtocolLimits.MaxWindow).ToFrame(1), FrameType.Opened);
        return ProtocolJson.Decode(opened.Payload, ProtocolJsonContext.Default.ChannelOpened).Window;
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static string ProfileFolder(string folder) => Path.Combine(folder, "actornet", "profiles");

    private static Frame Exchange(Socket socket, FrameReader reader, in Frame request, FrameType expected)
    {
        socket.Send(FrameWriter.ToArray(request));
        var frames = new List<Frame>();
        while (frames.Count == 0)
        {
            var buffer = new byte[4096];
            var count = socket.Receive(buffer);
            if (count == 0) throw new InvalidOperationException("the node closed the connection");
            reader.Read(buffer.AsMemory(0, count), frames);
        }

        return frames[0].Type == expected
            ? frames[0]
            : throw new InvalidOperationException($"{expected} expected, got {frames[0]}: {System.Text.Encoding.UTF8.GetString(frames[0].Payload.Span)}");
    }
}
