using System.Text.Json.Serialization;

namespace ActorNet.Client.Commands;

// What --json prints, one object a line. Members are only added, never renamed.

internal sealed record ErrorResult(ErrorDetail Error);

internal sealed record ErrorDetail(string? Code, string Message, int ExitCode);

internal sealed record PingResult(string Node, int Number, double Ms);

internal sealed record PingSummary(int Count, double MinMs, double AverageMs, double MaxMs);

internal sealed record EchoResult(long BytesSent, long BytesReceived, double Ms);

internal sealed record TransferResult(string Path, string Target, long Size, string Sha256, double Ms);

internal sealed record ExecStartedLine(string Job, int Pid, string Type = "started");

internal sealed record ExecOutputLine(string Type, byte[] Data);

internal sealed record ExecEndedLine(CommandEndedDetail Ended, int Code, string Type = "ended");

internal sealed record CommandEndedDetail(string Reason, long DurationMs, int? ExitCode, string? Signal);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(PingSummary))]
[JsonSerializable(typeof(EchoResult))]
[JsonSerializable(typeof(TransferResult))]
[JsonSerializable(typeof(ExecStartedLine))]
[JsonSerializable(typeof(ExecOutputLine))]
[JsonSerializable(typeof(ExecEndedLine))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
