using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace ActorNet.Server.Audit;

/// <summary>
/// The line of a record; docs/audit.md is its specification:
/// <c>{"seq":…,"time":…,"run":…,"act":…,"outcome":…,["connection","account","remote","subject","details",]"prev":…,"hash":…}</c>.
/// </summary>
internal static class AuditFormat
{
    /// <summary>UTC, always 24 characters.</summary>
    public const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // {"seq":9223372036854775807, and ,"prev":"64 digits","hash":"64 digits"}
    private const int LinkLength = 27 + 149;

    // ,"details":{ and ,"details_cut":"2147483647"}
    private const int CutLength = 48;

    /// <summary>Everything between <c>seq</c> and <c>prev</c>.</summary>
    public static byte[] Body(AuditEvent happened, DateTimeOffset time, string run, AuditSettings settings)
    {
        var json = new StringBuilder(256);
        json.Append(CultureInfo.InvariantCulture, $"\"time\":\"{time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture)}\"");
        Add("run", run);
        Add("act", happened.Act);
        Add("outcome", happened.Outcome);
        Add("connection", happened.Connection);
        Add("account", happened.Account);
        Add("remote", happened.Remote);
        Add("subject", happened.Subject);
        if (!happened.Details.IsDefaultOrEmpty) AddDetails(json, happened.Details, settings);
        return Encoding.UTF8.GetBytes(json.ToString());

        void Add(string name, string? value)
        {
            if (value is null) return;
            json.Append(",\"").Append(name).Append("\":");
            AuditText.Append(json, value, settings.FieldSize);
        }
    }

    /// <summary>Appends the line of the record that follows <paramref name="head"/>.</summary>
    /// <returns>The head after it.</returns>
    public static ChainHead Seal(ArrayBufferWriter<byte> log, ReadOnlySpan<byte> body, ChainHead head)
    {
        var start = log.WrittenCount;
        var seq = head.Seq + 1;
        Write(log, string.Create(CultureInfo.InvariantCulture, $"{{\"seq\":{seq},"));
        log.Write(body);
        Write(log, $",\"prev\":\"{head.Hash}\"");
        var hash = Convert.ToHexStringLower(SHA256.HashData(log.WrittenSpan[start..]));
        Write(log, $",\"hash\":\"{hash}\"}}\n");
        return new ChainHead(seq, hash);
    }

    private static void AddDetails(StringBuilder json, IReadOnlyList<KeyValuePair<string, string>> details, AuditSettings settings)
    {
        var room = settings.LineSize - LinkLength - CutLength - Encoding.UTF8.GetByteCount(json.ToString());
        var detail = new StringBuilder();
        json.Append(",\"details\":{");
        for (var i = 0; i < details.Count; i++)
        {
            detail.Clear();
            if (i > 0) detail.Append(',');
            AuditText.Append(detail, details[i].Key, settings.FieldSize);
            detail.Append(':');
            AuditText.Append(detail, details[i].Value ?? "", settings.FieldSize);
            room -= Encoding.UTF8.GetByteCount(detail.ToString());
            if (room < 0)
            {
                json.Append(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}\"details_cut\":\"{details.Count - i}\"");
                break;
            }

            json.Append(detail);
        }

        json.Append('}');
    }

    private static void Write(ArrayBufferWriter<byte> log, string text) => Encoding.UTF8.GetBytes(text, log);
}
