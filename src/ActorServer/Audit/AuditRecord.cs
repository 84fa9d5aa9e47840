using System.Globalization;
using System.Text.Json;

namespace ActorNet.Server.Audit;

/// <summary>A record as it is read back.</summary>
internal sealed record AuditRecord(DateTimeOffset Time, string Act, string Outcome)
{
    /// <inheritdoc cref="AuditEvent.Connection" />
    public string? Connection { get; private init; }

    /// <inheritdoc cref="AuditEvent.Account" />
    public string? Account { get; private init; }

    /// <inheritdoc cref="AuditEvent.Remote" />
    public string? Remote { get; private init; }

    /// <inheritdoc cref="AuditEvent.Subject" />
    public string? Subject { get; private init; }

    /// <summary>Name and value of each.</summary>
    public IReadOnlyList<(string Name, string Value)> Details { get; private init; } = [];

    /// <summary>Reads a line; null when it is no record. That it is what was written is <see cref="AuditChain"/>'s.</summary>
    public static AuditRecord? TryParse(ReadOnlyMemory<byte> line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            var record = json.RootElement;
            return record.ValueKind == JsonValueKind.Object
                && Text(record, "act") is { } act
                && Text(record, "outcome") is { } outcome
                && DateTimeOffset.TryParseExact(
                    Text(record, "time"), AuditFormat.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? new AuditRecord(time, act, outcome)
                {
                    Connection = Text(record, "connection"),
                    Account = Text(record, "account"),
                    Remote = Text(record, "remote"),
                    Subject = Text(record, "subject"),
                    Details = DetailsOf(record),
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON; or texts in it that are no Unicode.
            return null;
        }
    }

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<(string, string)> DetailsOf(JsonElement record) =>
        record.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object
            ? [.. details.EnumerateObject().Select(detail => (detail.Name, detail.Value.ToString()))]
            : [];
}
