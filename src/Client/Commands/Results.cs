using System.Text.Json.Serialization;
using ActorNet.Protocol.Administration;

namespace ActorNet.Client.Commands;

// What --json prints, one object a line. Members are only added, never renamed.

internal sealed record ErrorResult(ErrorDetail Error);

internal sealed record ErrorDetail(string? Code, string Message, int ExitCode);

internal sealed record PingResult(string Node, int Number, double Ms);

internal sealed record PingSummary(int Count, double MinMs, double AverageMs, double MaxMs);

internal sealed record EchoResult(long BytesSent, long BytesReceived, double Ms);

internal sealed record TransferResult(string Path, string Target, long Size, string Sha256, double Ms);

internal sealed record ExecStartedLine(string Type, string Job, int Pid);

internal sealed record ExecOutputLine(string Type, byte[] Data);

internal sealed record ExecEndedLine(
    string Type, string Reason, long DurationMs, int? ExitCode, string? Signal, int Status);

internal sealed record LoginResult(string Node, string Server, string Account, string Mechanism, string Profile);

internal sealed record LogoutResult(string Server, string? Deleted, string? Key);

internal sealed record DisconnectResult(string Connection);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ErrorResult))]
[JsonSerializable(typeof(PingResult))]
[JsonSerializable(typeof(PingSummary))]
[JsonSerializable(typeof(EchoResult))]
[JsonSerializable(typeof(TransferResult))]
[JsonSerializable(typeof(ExecStartedLine))]
[JsonSerializable(typeof(ExecOutputLine))]
[JsonSerializable(typeof(ExecEndedLine))]
[JsonSerializable(typeof(LoginResult))]
[JsonSerializable(typeof(LogoutResult))]
[JsonSerializable(typeof(DisconnectResult))]
[JsonSerializable(typeof(SessionEntry))]
internal sealed partial class CommandJsonContext : JsonSerializerContext;
