using System.Globalization;
using ActorNet.Client.Trust;
using ActorNet.EndToEnd.Tests.Support;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Listening.Tls;
using ActorNet.TestSupport;

namespace ActorNet.EndToEnd.Tests.Security;

/// <summary>The client program and a node over TLS: whom it trusts, when it stops, and that what passes through is whole.</summary>
public sealed class TlsProgramTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KnownHosts => _folder["config/actornet/known_hosts"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_first_contact_without_a_terminal_stops_with_6_and_says_what_to_do()
    {
        await using var server = await ServerFixture.StartAsync();

        var refused = await RunAsync(server, "ping");

        Assert.Equal((6, ""), (refused.ExitCode, refused.Output));
        Assert.Contains($"--fingerprint {server.Fingerprint}", refused.Error, StringComparison.Ordinal);
        Assert.Contains("actorserver", refused.Error, StringComparison.Ordinal);
        Assert.Single(refused.Error.TrimEnd('\n').Split('\n'));
        Assert.False(File.Exists(KnownHosts));
    }

    [Fact]
    public async Task A_fingerprint_that_is_given_is_pinned_and_another_is_refused()
    {
        await using var server = await ServerFixture.StartAsync();
        var other = Fingerprint.Of("another certificate"u8);

        var wrong = await RunAsync(server, "--fingerprint", other.ToString(), "ping");
        Assert.Equal((6, ""), (wrong.ExitCode, wrong.Output));
        Assert.False(File.Exists(KnownHosts));

        Assert.Equal((0, ""), Of(await RunAsync(server, "--fingerprint", server.Fingerprint.ToString(), "ping")));
        Assert.Equal($"{server.TlsEndpoint} {server.Fingerprint}\n", await File.ReadAllTextAsync(KnownHosts));
        Assert.Equal((0, ""), Of(await RunAsync(server, "ping")));
        Assert.Equal(6, (await RunAsync(server, "--fingerprint", other.ToString(), "ping")).ExitCode);
    }

    [Fact]
    public async Task A_certificate_that_has_changed_stops_with_6_and_both_fingerprints()
    {
        await using var server = await ServerFixture.StartAsync("actornet.listeners.tls.certificate-check-interval=1s");
        Assert.Equal((0, ""), Of(await RunAsync(server, "--fingerprint", server.Fingerprint.ToString(), "ping")));
        var known = await File.ReadAllTextAsync(KnownHosts);

        var changed = await ReplaceCertificateAsync(server);
        var refused = await RunAsync(server, "ping");

        Assert.Equal((6, ""), (refused.ExitCode, refused.Output));
        Assert.Contains(server.Fingerprint.ToString(), refused.Error, StringComparison.Ordinal);
        Assert.Contains(changed.ToString(), refused.Error, StringComparison.Ordinal);
        Assert.Equal(6, (await RunAsync(server, "--fingerprint", changed.ToString(), "ping")).ExitCode);
        Assert.Equal(known, await File.ReadAllTextAsync(KnownHosts));
    }

    [Fact]
    public async Task What_passes_through_is_whole()
    {
        await using var server = await ServerFixture.StartAsync();
        var bytes = Content.Of(3 * Content.MiB, seed: 1);
        await File.WriteAllBytesAsync(_folder["local"], bytes);
        await RunAsync(server, "--fingerprint", server.Fingerprint.ToString(), "ping");

        Assert.Equal((0, ""), Of(await RunAsync(server, "put", "local", "remote")));
        Assert.Equal((0, ""), Of(await RunAsync(server, "get", "remote", "back")));
        using var exec = Start(server, "exec", "--", "cat");
        using var echo = Start(server, "echo");

        var sha256 = Content.Sha256(bytes);
        Assert.Equal(sha256, Content.Sha256(await File.ReadAllBytesAsync(_folder["back"])));
        Assert.Equal(sha256, Content.Sha256((await exec.FinishAsync(bytes)).OutputBytes));
        Assert.Equal(sha256, Content.Sha256((await echo.FinishAsync(bytes)).OutputBytes));
    }

    [Fact]
    public async Task The_openssl_program_shakes_hands_and_is_greeted()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "openssl")))) return;
        await using var server = await ServerFixture.StartAsync();

        using var run = ProgramRun.Start(
            "openssl", _folder.Path, "s_client", "-quiet", "-alpn", "actornet/1", "-connect", server.TlsEndpoint.ToString());
        await run.Input.WriteAsync(RawPeer.Bytes(RawPeer.Hello())).InTime();
        await run.Input.FlushAsync();
        var length = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(await run.Output.ReadAsync(sizeof(uint)));
        var body = await run.Output.ReadAsync((int)length);

        Assert.Equal((byte)FrameType.Hello, body[0]);
        var hello = ProtocolJson.Decode(body.AsMemory(5), ProtocolJsonContext.Default.ServerHello);
        Assert.Equal("SCRAM-SHA-256-PLUS", hello.Mechanisms[0]);
    }

    // The node looks at its files now and then; a handshake tells when it has.
    private static async Task<Fingerprint> ReplaceCertificateAsync(ServerFixture server)
    {
        var (certificate, key) = SelfSignedCertificate.Create("localhost", TimeProvider.System.GetUtcNow());
        await File.WriteAllTextAsync(Path.Combine(server.DataFolder, "tls/key.pem"), key);
        await File.WriteAllTextAsync(Path.Combine(server.DataFolder, "tls/cert.pem"), certificate);
        using var deadline = new CancellationTokenSource(Deadline.Time);
        while (true)
        {
            deadline.Token.ThrowIfCancellationRequested();
            using var peer = await RawPeer.ConnectTlsAsync(server.TlsEndpoint);
            var shown = Fingerprint.Of(peer.Tls.RemoteCertificate!.GetRawCertData());
            if (shown != server.Fingerprint) return shown;
        }
    }

    private static (int ExitCode, string Error) Of(ProgramRun.Finished finished) => (finished.ExitCode, finished.Error);

    private ProgramRun Start(ServerFixture server, params string[] arguments) => ProgramRun.Client(
        _folder.Path,
        ["--profile", server.WriteProfile(), "--server", string.Create(CultureInfo.InvariantCulture, $"tls://{server.TlsEndpoint}"), .. arguments]);

    private async Task<ProgramRun.Finished> RunAsync(ServerFixture server, params string[] arguments)
    {
        using var run = Start(server, arguments);
        return await run.FinishAsync();
    }
}
