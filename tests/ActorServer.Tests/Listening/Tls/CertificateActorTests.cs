using System.Runtime.Versioning;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Tests.Connections;
using ActorNet.Server.Tests.Storage;
using Akka.Actor;

namespace ActorNet.Server.Tests.Listening.Tls;

[UnsupportedOSPlatform("windows")]
public sealed class CertificateActorTests : ActorSpec
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly TemporaryFolder _folder = new();

    protected override void AfterAll()
    {
        base.AfterAll();
        _folder.Dispose();
    }

    private CertificateLoaded Start()
    {
        var files = CertificateFiles.Of(TlsNode.Settings, "tls", _folder.Path);
        ChildActorOf(Props.Create(() => new CertificateActor(files, Interval)), "certificate");
        return ExpectMsg<CertificateLoaded>();
    }

    private void Replace(string? certificate = null, string? key = null)
    {
        var made = SelfSignedCertificate.Create("node.example", TimeProvider.System.GetUtcNow());
        _folder.Write("cert.pem", certificate ?? made.Certificate);
        _folder.Write("key.pem", key ?? made.PrivateKey);
    }

    // The next look is set when the last one has ended, on another thread.
    private void Look(Func<bool> done) => AwaitCondition(() =>
    {
        Time.Advance(Interval);
        return done();
    });

    [Fact]
    public void It_tells_its_parent_the_first_and_each_changed_certificate()
    {
        var first = Start();
        Replace();
        EventFilter.Info(contains: "the certificate was changed").ExpectOne(() =>
        {
            Look(() => HasMessages);
            Assert.NotEqual(first.Certificate.Fingerprint, ExpectMsg<CertificateLoaded>().Certificate.Fingerprint);
        });
    }

    [Fact]
    public void A_change_that_cannot_be_used_is_logged_once_and_changes_nothing_until_it_is_mended()
    {
        Start();
        Replace(key: "garbage");
        var error = CreateTestProbe();
        Sys.EventStream.Subscribe(error.Ref, typeof(Akka.Event.Error));
        Look(() => error.HasMessages);
        Assert.Contains("the one before stays", error.ExpectMsg<Akka.Event.Error>().Message.ToString(), StringComparison.Ordinal);
        Assert.False(HasMessages);

        Replace();
        Look(() => HasMessages);
        ExpectMsg<CertificateLoaded>();
        Assert.False(error.HasMessages);
    }

    [Fact]
    public void Files_that_cannot_be_used_at_the_start_are_told_with_what_to_do()
    {
        Replace(key: "garbage");
        File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead);
        var files = CertificateFiles.Of(TlsNode.Settings, "tls", _folder.Path);
        ChildActorOf(Props.Create(() => new CertificateActor(files, Interval)), "certificate");
        var unusable = ExpectMsg<CertificateUnusable>();
        Assert.Contains("no certificate with its private key", unusable.Problem, StringComparison.Ordinal);
        Assert.StartsWith("Restore them", unusable.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_has_ended_is_served_with_a_warning()
    {
        var (certificate, key) = SelfSignedCertificate.Create("node.example", TimeProvider.System.GetUtcNow().AddYears(-20));
        Replace(certificate, key);
        File.SetUnixFileMode(_folder["key.pem"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        EventFilter.Warning(contains: "the certificate ended on").ExpectOne(() => Start());
    }
}
