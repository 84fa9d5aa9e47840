using System.Net;
using ActorNet.Server.Listening;
using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Listening;

/// <summary>Limits of admission that tests share: too wide to be met, but for those that a test narrows.</summary>
internal static class TestAdmission
{
    public static readonly PenaltySettings Penalties = new(
        FailedLogin: TimeSpan.FromSeconds(5), NoLogin: TimeSpan.FromSeconds(1), LoginTimeout: TimeSpan.FromSeconds(10),
        Violation: TimeSpan.FromSeconds(10), Min: TimeSpan.FromSeconds(15), Max: TimeSpan.FromMinutes(10));

    public static readonly AdmissionSettings Wide = new(
        MaxConnections: 1000, MaxBeforeLogin: 1000, MaxPerSource: 1000, NewPerSource: 1000,
        SourceWindow: TimeSpan.FromSeconds(10), MaxSources: 1000, MaxRefusals: 10, MaxHandshakes: 2, Ipv6Prefix: 64,
        EarlyDrop: new EarlyDropSettings(Start: 1000, Rate: 0), Penalties: Penalties, Exempt: Networks("127.0.0.0/8", "::1/128"));

    /// <summary>A list of good networks.</summary>
    public static NetworkList Networks(params string[] networks)
    {
        var (list, errors) = TryNetworks(networks);
        Assert.Empty(errors);
        return list;
    }

    /// <summary>A list as <c>test.list</c> names it, and what is wrong with it.</summary>
    public static (NetworkList List, IReadOnlyList<string> Errors) TryNetworks(params string[] networks)
    {
        var text = string.Join(", ", networks.Select(network => $"\"{network}\""));
        var reader = new SettingsReader(ConfigurationFactory.ParseString($"test.list = [{text}]"), "test");
        return (NetworkList.From(reader, "list"), reader.Errors);
    }

    /// <summary>One of 65536 addresses, none of which tests name otherwise.</summary>
    public static IPAddress Address(int number) => new([198, 18, (byte)(number >> 8), (byte)number]);
}

/// <summary>Draws what the test says.</summary>
internal sealed class FixedRandom : Random
{
    public double Drawn { get; set; }

    public override double NextDouble() => Drawn;
}
