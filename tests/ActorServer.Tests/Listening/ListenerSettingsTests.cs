using System.Net;
using ActorNet.Server.Listening;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Listening;

public sealed class ListenerSettingsTests
{
    private const string Good = """
        l { address = "127.0.0.1", port = 7400, backlog = 4096, tls = off, allow-plaintext-beyond-loopback = off
            max-connections = 5000, max-before-login = 1000, max-per-source = 64, new-per-source = 16, source-window = 10s
            max-sources = 10000, max-refusals = 64, max-handshakes = 2, early-drop-start = 500, early-drop-rate = 30, ipv6-prefix = 64
            penalties { failed-login = 5s, no-login = 1s, login-timeout = 10s, violation = 10s, min = 15s, max = 10m }
            exempt = [], allow = [], deny = [] }
        """;

    private static (T Read, IReadOnlyList<string> Errors) Read<T>(string changed, Func<SettingsReader, T> from)
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString(changed).WithFallback(ConfigurationFactory.ParseString(Good)), "l");
        return (from(reader), reader.Errors);
    }

    private static (ListenerSettings Read, IReadOnlyList<string> Errors) Listener(string changed) =>
        Read(changed, s => ListenerSettings.From("native", s));

    [Fact]
    public void Good_settings_are_read_as_they_stand()
    {
        var (read, errors) = Listener("");
        Assert.Empty(errors);
        Assert.Equal(new ListenerSettings("native", new IPEndPoint(IPAddress.Loopback, 7400), 4096), read);
        Assert.Equal(
            new AdmissionSettings(
                5000, 1000, 64, 16, TimeSpan.FromSeconds(10), 10000, 64, 2, 64, new EarlyDropSettings(500, 30), TestAdmission.Penalties,
                NetworkList.None),
            Read("", AdmissionSettings.From).Read);
    }

    [Fact]
    public void Networks_that_may_and_may_not_are_read_with_the_listener()
    {
        var (read, errors) = Listener("l.allow = [\"192.0.2.0/24\"], l.deny = [\"192.0.2.128/25\"]");
        Assert.Empty(errors);
        Assert.True(read.Rules.Permit(IPAddress.Parse("192.0.2.1")));
        Assert.False(read.Rules.Permit(IPAddress.Parse("192.0.2.129")));
        Assert.False(read.Rules.Permit(IPAddress.Parse("203.0.113.1")));
    }

    [Fact]
    public void A_bad_network_is_named_with_its_key() => Assert.Equal(
        ["l.deny has '192.0.2.1/24'; it takes networks such as 192.0.2.0/24 or 2001:db8::/32, or one address as 192.0.2.1/32, "
            + "with no bit set beyond the prefix."],
        Listener("l.deny = [\"192.0.2.1/24\"]").Errors);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void Plaintext_that_others_can_reach_is_allowed_only_in_so_many_words(string address)
    {
        var error = Assert.Single(Listener($"l.address = \"{address}\"").Errors);
        Assert.Contains("allow-plaintext-beyond-loopback", error, StringComparison.Ordinal);
        Assert.Empty(Listener($"l.address = \"{address}\", l.allow-plaintext-beyond-loopback = on").Errors);
    }

    private const string WithTls = "l { tls = on, certificate = \"\", private-key = \"\", certificate-check-interval = 5s }\n";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData("192.0.2.1")]
    public void With_TLS_any_address_will_do(string address)
    {
        var (read, errors) = Listener($"{WithTls} l.address = \"{address}\"");
        Assert.Empty(errors);
        Assert.Equal(new TlsSettings(null, null, TimeSpan.FromSeconds(5)), read.Tls);
    }

    [Fact]
    public void Certificate_and_key_are_paths_from_the_current_directory()
    {
        var (read, errors) = Listener($"{WithTls} l.certificate = \"tls/cert.pem\", l.private-key = \"/etc/key.pem\"");
        Assert.Empty(errors);
        Assert.Equal(new TlsSettings(Path.GetFullPath("tls/cert.pem"), "/etc/key.pem", TimeSpan.FromSeconds(5)), read.Tls);
    }

    [Theory]
    [InlineData("certificate = c.pem", "l.private-key is empty while certificate is not")]
    [InlineData("private-key = k.pem", "l.certificate is empty while private-key is not")]
    [InlineData("certificate-check-interval = 0s", "l.certificate-check-interval is 0s")]
    [InlineData("tls = perhaps", "l.tls is 'perhaps'")]
    public void What_is_wrong_with_its_TLS_is_said(string changed, string expected) =>
        Assert.StartsWith(expected, Assert.Single(Listener($"{WithTls} l.{changed}").Errors), StringComparison.Ordinal);

    [Fact]
    public void Its_TLS_may_be_switched_off_without_taking_its_keys_away()
    {
        var reader = new SettingsReader(
            ConfigurationFactory.ParseString($"{WithTls} l.tls = off").WithFallback(ConfigurationFactory.ParseString(Good)), "l");
        Assert.Null(ListenerSettings.From("native", reader).Tls);
        Assert.Empty(reader.Errors);
        Assert.Contains("l.certificate", reader.Known);
        Assert.Contains("l.private-key", reader.Known);
        Assert.Contains("l.certificate-check-interval", reader.Known);
    }

    [Theory]
    [InlineData("127.0.0.2")]
    [InlineData("::1")]
    public void Loopback_of_either_family_is_good(string address) => Assert.Empty(Listener($"l.address = \"{address}\"").Errors);

    [Theory]
    [InlineData("address = localhost")]
    [InlineData("address = \"\"")]
    [InlineData("address = []")]
    [InlineData("port = 65536")]
    [InlineData("port = -1")]
    [InlineData("backlog = 0")]
    [InlineData("allow = \"192.0.2.0/24\"")]
    [InlineData("deny = [\"192.0.2.1/24\"]")]
    public void What_is_wrong_is_said_once(string changed) => Assert.Single(Listener($"l.{changed}").Errors);

    [Theory]
    [InlineData("max-connections = 0")]
    [InlineData("max-before-login = -1")]
    [InlineData("max-per-source = 0")]
    [InlineData("new-per-source = 0")]
    [InlineData("source-window = 0s")]
    [InlineData("max-sources = 0")]
    [InlineData("max-refusals = -1")]
    [InlineData("max-handshakes = 0")]
    [InlineData("early-drop-start = 0")]
    [InlineData("early-drop-rate = 101")]
    [InlineData("early-drop-rate = -1")]
    [InlineData("ipv6-prefix = 0")]
    [InlineData("ipv6-prefix = 129")]
    [InlineData("penalties.failed-login = 2d")]
    [InlineData("penalties.no-login = -1s")]
    [InlineData("penalties.min = 0s")]
    [InlineData("penalties.max = 0s")]
    [InlineData("penalties.max = 15s")]
    [InlineData("exempt = [\"127.0.0.1/8\"]")]
    public void No_limit_is_lifted_by_a_zero_or_less(string changed) =>
        Assert.Single(Read($"l.{changed}", AdmissionSettings.From).Errors);
}
