using System.Collections.Frozen;
using ActorNet.Protocol.Auth;
using ActorNet.Server.Auth;
using ActorNet.Server.Connections;
using ActorNet.Server.Diagnostics;
using Akka.Actor;

namespace ActorNet.Server.Tests.Connections;

/// <summary>Limits that tests share: round numbers, far apart, so that a test that reaches one reaches no other.</summary>
internal static class TestLimits
{
    public static readonly ConnectionSettings Connection = new(
        LoginTimeout: TimeSpan.FromSeconds(10),
        LoginBytes: 8 * 1024,
        LoginFrames: 16,
        PingInterval: TimeSpan.FromSeconds(30),
        IdleTimeout: TimeSpan.FromSeconds(75),
        WriteTimeout: TimeSpan.FromSeconds(40),
        CloseTimeout: TimeSpan.FromSeconds(5),
        RevokeTimeout: TimeSpan.FromMilliseconds(700),
        HalfCloseLinger: TimeSpan.FromMinutes(5),
        OutboundHigh: 256 * 1024);

    public static readonly ChannelSettings Channel = new(
        MaxPerConnection: 4, OutboundLimit: 256 * 1024, PushLimit: 64 * 1024, PushAge: TimeSpan.FromSeconds(10));

    public static readonly ChannelWindow Window = new(64 * 1024, 1024 * 1024);

    public static readonly LoginSettings Login = new(
        Mechanisms: [ScramMechanism.Plus, HmacLogin.PlusMechanism, ScramMechanism.Plain, HmacLogin.Mechanism],
        FreeFailures: 3,
        FirstDelay: TimeSpan.FromSeconds(1),
        MaxDelay: TimeSpan.FromMinutes(1),
        ForgetAfter: TimeSpan.FromHours(1),
        MaxThrottledAccounts: 100);

    public static ConnectionContext Context(
        IActorRef accounts, ConnectionSettings? settings = null, ChannelSettings? channels = null, params ServiceDefinition[] services) => new(
        "test-node", settings ?? Connection, channels ?? Channel, services.ToFrozenDictionary(s => s.Name), accounts, new ServerMetrics())
        {
            Mechanisms = Login.Mechanisms,
            Run = ConnectionBench.Run,
            Audit = ActorRefs.Nobody,
        };
}
