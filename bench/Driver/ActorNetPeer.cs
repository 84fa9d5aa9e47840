using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
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

    private ActorNetPeer(Process process, string folder, JsonElement profile, int port, bool tls) : base("actornet", process, tls)
    {
        _folder = folder;
        _account = profile.GetProperty("account").GetString()!;
        _key = profile.GetProperty("key").GetBytesFromBase64();
        Port = port;
    }

    public override int Port { get; }

    public static ActorNetPeer Start(string assembly, IEnumerable<string> settings, bool tls)
    {
        var folder = Directory.CreateTempSubdirectory("actornet-bench-").FullName;
        string[] arguments =
        [
            "--data", Path.Combine(folder, "data"), "--set", "actornet.listeners.native.port=0", "--set", "actornet.listeners.tls.port=0",
        ];
        var process = StartDotnet(
            assembly, [.. arguments, .. settings.SelectMany(s => new[] { "--set", s })], ("XDG_CONFIG_HOME", folder));
        var said = new StringBuilder();
        // Its report of the start: where it listens, and last how to stop it. By then the profile is written.
        while (process.StandardOutput.ReadLine() is { } line)
        {
            said.AppendLine(line);
            if (!line.StartsWith("  stop ", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync();
            var profile = Directory.GetFiles(Path.Combine(folder, "actornet", "profiles"), "*.json").Single();
            return new ActorNetPeer(
                process, folder, JsonDocument.Parse(File.ReadAllBytes(profile)).RootElement, PortOf(said.ToString(), tls), tls);
        }

        throw new InvalidOperationException($"the node did not start: {said}");
    }

    public override uint Prepare(Wire wire)
    {
        var reader = new FrameReader(ProtocolLimits.MaxPayload);
        var hello = new ClientHello([ProtocolLimits.Version], "bench", RandomNumberGenerator.GetBytes(ProtocolLimits.NonceLength)).ToFrame();
        var serverHello = Exchange(wire, reader, hello, FrameType.Hello);
        var proof = HmacLogin.ClientProof(_key, hello.Payload.Span, serverHello.Payload.Span, _account);
        Exchange(wire, reader, new Authenticate(HmacLogin.Mechanism, proof, _account).ToFrame(), FrameType.Authenticated);
        var opened = Exchange(wire, reader, new OpenChannel(ServiceNames.Echo, ProtocolLimits.MaxWindow).ToFrame(1), FrameType.Opened);
        return ProtocolJson.Decode(opened.Payload, ProtocolJsonContext.Default.ChannelOpened).Window;
    }

    public override void Dispose()
    {
        base.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static int PortOf(string report, bool tls) =>
        int.Parse(Regex.Match(report, $@":(\d+) \({(tls ? "tls" : "native")}").Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    private static Frame Exchange(Wire wire, FrameReader reader, in Frame request, FrameType expected)
    {
        wire.SendAll(FrameWriter.ToArray(request));
        var frames = new List<Frame>();
        while (frames.Count == 0)
        {
            var buffer = new byte[4096];
            var count = wire.ReceiveSome(buffer);
            if (count == 0) throw new InvalidOperationException("the node closed the connection");
            reader.Read(buffer.AsMemory(0, count), frames);
        }

        return frames[0].Type == expected
            ? frames[0]
            : throw new InvalidOperationException($"{expected} expected, got {frames[0]}: {System.Text.Encoding.UTF8.GetString(frames[0].Payload.Span)}");
    }
}
