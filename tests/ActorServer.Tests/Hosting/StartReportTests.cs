using System.Net;
using ActorNet.Server.Hosting;
using ActorNet.Server.Listening;

namespace ActorNet.Server.Tests.Hosting;

public class StartReportTests
{
    [Fact]
    public void It_says_what_runs_where_it_listens_where_its_things_are_and_what_to_type_next() => Assert.Equal(
        [
            "actorserver 1.2.3",
            "  listens  127.0.0.1:7400 (native)",
            "  listens  [::1]:7401 (second)",
            "  data     /srv/node",
            "  next     in another terminal: actornet ping",
            "  stop     Ctrl-C",
        ],
        StartReport.Lines(
            "actorserver 1.2.3",
            [
                new ListenerBound("native", new IPEndPoint(IPAddress.Loopback, 7400)),
                new ListenerBound("second", new IPEndPoint(IPAddress.IPv6Loopback, 7401)),
            ],
            [("data", "/srv/node")],
            "actornet"));

    [Fact]
    public void A_listener_with_TLS_shows_its_certificate_and_one_in_plaintext_is_the_easier_one_to_try()
    {
        var tls = new ListenerBound("tls", new IPEndPoint(IPAddress.Loopback, 7443)) { Fingerprint = "SHA256:abc" };
        var native = new ListenerBound("native", new IPEndPoint(IPAddress.Loopback, 7400));
        var lines = StartReport.Lines("v", [tls, native], [], "actornet").ToArray();
        Assert.Contains("  listens  127.0.0.1:7443 (tls), TLS, certificate SHA256:abc", lines);
        Assert.Contains("  next     in another terminal: actornet ping", lines);
        Assert.Contains(
            "  next     in another terminal: actornet ping --server tls://127.0.0.1:7443", StartReport.Lines("v", [tls], [], "actornet"));
    }

    [Fact]
    public void At_another_port_than_the_clients_default_the_command_names_the_server() => Assert.Contains(
        "  next     in another terminal: actornet ping --server [::1]:7401",
        StartReport.Lines("v", [new ListenerBound("native", new IPEndPoint(IPAddress.IPv6Loopback, 7401))], [], "actornet"));
}
