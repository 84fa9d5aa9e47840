using System.Net;
using ActorNet.Server.Hosting;
using ActorNet.Server.Listening;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Hosting;

public class ListenerStartupTests : TestKit
{
    private static readonly IPEndPoint Endpoint = new(IPAddress.Loopback, 7400);

    [Fact]
    public async Task Listeners_are_bound_in_their_order()
    {
        var (first, second) = (Listener("first"), Listener("second"));
        var bound = ListenerStartup.BindAsync([first.Listener, second.Listener]);

        first.Probe.ExpectMsg<StartListening>();
        first.Probe.Reply(new ListenerBound("first", Endpoint));
        second.Probe.ExpectMsg<StartListening>();
        second.Probe.Reply(new ListenerBound("second", Endpoint));

        Assert.Equal(["first", "second"], (await bound).Select(listener => listener.Name));
    }

    [Theory]
    [InlineData("Address already in use", "Something listens there already: stop it, or set another port in that section.")]
    [InlineData("Permission denied", "Ports below 1024 need a privilege: set a higher one in that section.")]
    [InlineData("Cannot assign requested address.", "Set an address of this machine and a free port in that section.")]
    public async Task A_failure_says_which_key_which_address_why_and_what_to_do(string reason, string advice)
    {
        var (listener, probe) = Listener("native");
        var bound = ListenerStartup.BindAsync([listener]);

        probe.ExpectMsg<StartListening>();
        probe.Reply(new ListenerFailed("native", reason));

        var failure = await Assert.ThrowsAsync<StartFailedException>(() => bound);
        Assert.Equal($"actornet.listeners.native cannot listen on 127.0.0.1:7400: {reason.TrimEnd('.')}. {advice}", failure.Message);
    }

    [Fact]
    public async Task The_failures_of_all_listeners_are_told_at_once()
    {
        var (first, second) = (Listener("first"), Listener("second"));
        var bound = ListenerStartup.BindAsync([first.Listener, second.Listener]);

        first.Probe.ExpectMsg<StartListening>();
        first.Probe.Reply(new ListenerFailed("first", "no"));
        second.Probe.ExpectMsg<StartListening>();
        second.Probe.Reply(new ListenerFailed("second", "no"));

        var failure = await Assert.ThrowsAsync<StartFailedException>(() => bound);
        Assert.Equal(2, failure.Message.Split('\n').Length);
    }

    private (ServerListener Listener, TestProbe Probe) Listener(string name)
    {
        var probe = CreateTestProbe();
        return (new ServerListener(name, Endpoint.ToString(), probe.Ref), probe);
    }
}
