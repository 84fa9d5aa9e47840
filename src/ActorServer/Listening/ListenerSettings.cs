using System.Net;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>One listener: <c>actornet.listeners.NAME</c>.</summary>
/// <param name="Name">The name, also of its actor.</param>
/// <param name="Endpoint">Address and port; port 0 takes any free one.</param>
/// <param name="Backlog">Connections the kernel holds until they are accepted.</param>
public sealed record ListenerSettings(string Name, IPEndPoint Endpoint, int Backlog)
{
    /// <summary>From where it may be used.</summary>
    public AddressRules Rules { get; init; } = AddressRules.Everybody;

    /// <summary>Reads one listener.</summary>
    public static ListenerSettings From(string name, SettingsReader settings)
    {
        var text = settings.Text("address");
        var address = IPAddress.TryParse(text, out var parsed) ? parsed : null;
        // An empty text has been reported by the reader.
        if (address is null && text.Length > 0)
            settings.Fail("address", $"is '{text}'; it takes an IP address such as 127.0.0.1 or ::1.");
        var allowed = settings.Flag("allow-plaintext-beyond-loopback");
        if (address is not null && !IPAddress.IsLoopback(address) && !allowed)
            settings.Fail(
                "address",
                $"is {address}, which others can reach, and this listener does not encrypt; keep it on 127.0.0.1 or ::1, or say allow-plaintext-beyond-loopback = on.");
        return new ListenerSettings(
            name, new IPEndPoint(address ?? IPAddress.Loopback, settings.Number("port", 0, 65_535)), settings.Number("backlog", 1, 65_535))
        {
            Rules = AddressRules.From(settings),
        };
    }
}
