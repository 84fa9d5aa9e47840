using System.Text.Json.Serialization;
using ActorNet.Protocol.Accounts;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Connection;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;

namespace ActorNet.Protocol.Json;

/// <summary>Serializers of every JSON payload of the protocol, generated at build time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowDuplicateProperties = false,
    AllowOutOfOrderMetadataProperties = true,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = ProtocolLimits.MaxJsonDepth)]
[JsonSerializable(typeof(ClientHello))]
[JsonSerializable(typeof(ServerHello))]
[JsonSerializable(typeof(Authenticate))]
[JsonSerializable(typeof(Authenticated))]
[JsonSerializable(typeof(Goodbye))]
[JsonSerializable(typeof(OpenChannel))]
[JsonSerializable(typeof(ChannelOpened))]
[JsonSerializable(typeof(ChannelRefused))]
[JsonSerializable(typeof(ChannelClosed))]
[JsonSerializable(typeof(ChatOptions))]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatEvent))]
[JsonSerializable(typeof(ExecRequest))]
[JsonSerializable(typeof(ExecStarted))]
[JsonSerializable(typeof(ExecCommand))]
[JsonSerializable(typeof(ExecEvent))]
[JsonSerializable(typeof(FileRequest))]
[JsonSerializable(typeof(FileOpened))]
[JsonSerializable(typeof(FileCommand))]
[JsonSerializable(typeof(FileEvent))]
[JsonSerializable(typeof(WhoAmI))]
[JsonSerializable(typeof(AdminRequest))]
[JsonSerializable(typeof(AdminEvent))]
public sealed partial class ProtocolJsonContext : JsonSerializerContext;
