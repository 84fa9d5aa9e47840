using System.Net;
using ActorNet.Server.Listening.Tls;
using ActorNet.Server.Settings;

namespace ActorNet.Server.Listening;

/// <summary>One listener: <c>actornet.listeners.NAME</c>.</summary>
/// <param name="Name">The name, also of its actor.</param>
/// <param name="Endpoint">Address and port; port 0 takes any free one.</param>
/// <param name="Backlog">Connections the kernel holds until they are accepted.</param>
public sealed record ListenerSettings(string Name, IPEndPoint Endpoint, int Backlog)
{
    private const string AllowPlaintext = "allow-plaintext-beyond-loopback";

    /// <summary>Its TLS; null: plaintext.</summary>
    public TlsSettings? Tls { get; init; }

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
        var hasTls = settings.Flag("tls");
        if (hasTls)
        {
            // Not asked for, and no error: TLS may be switched off again.
            if (settings.SectionNames().Contains(AllowPlaintext)) settings.Flag(AllowPlaintext);
        }
        else
        {
            TlsSettings.Skip(settings);
            if (!settings.Flag(AllowPlaintext) && address is not null && !IPAddress.IsLoopback(address))
                settings.Fail(
                    "address",
                    $"is {address}, which others can reach, and this listener does not encrypt; switch on its tls, keep it on 127.0.0.1 or ::1, or say {AllowPlaintext} = on.");
        }

        return new ListenerSettings(
            name, new IPEndPoint(address ?? IPAddress.Loopback, settings.Number("port", 0, 65_535)), settings.Number("backlog", 1, 65_535))
        {
            Tls = hasTls ? TlsSettings.From(settings) : null,
            Rules = AddressRules.From(settings),
        };
    }
}
