using System.Text.Json.Serialization;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol.Connection;

/// <summary>
/// AUTH, one step of the login in either direction: <c>{"mechanism":"HMAC-SHA-256","account":"admin","data":"base64"}</c>,
/// <c>{"mechanism":"SCRAM-SHA-256","data":"base64","device":"base64"}</c>.
/// </summary>
/// <param name="Mechanism">One of the server's mechanisms.</param>
/// <param name="Data">What the mechanism says in this step.</param>
/// <param name="Account">Who logs in; in the client's first step, for mechanisms whose data do not say it.</param>
/// <param name="Device">
/// What AUTHENTICATED gave to this device at an earlier login of the account; in the client's first step. At most
/// <see cref="ProtocolLimits.MaxDevice"/> bytes.
/// </param>
public sealed record Authenticate(string Mechanism, byte[] Data, string? Account = null, byte[]? Device = null) : IJsonOnDeserialized
{
    /// <summary>The frame of this message.</summary>
    public Frame ToFrame() => new(FrameType.Auth, 0, ProtocolJson.Encode(this, ProtocolJsonContext.Default.Authenticate));

    void IJsonOnDeserialized.OnDeserialized() => DeviceToken.Check(Device);
}
