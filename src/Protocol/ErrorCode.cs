using System.Text.Json.Serialization;
using ActorNet.Protocol.Json;

namespace ActorNet.Protocol;

/// <summary>
/// Why something was refused or ended. One closed list, shared by REFUSED, CLOSE, GOODBYE and the error answers inside a
/// channel; on the wire in kebab case (<c>too-large</c>).
/// </summary>
[JsonConverter(typeof(ErrorCodeConverter))]
public enum ErrorCode
{
    /// <summary>The peer broke a rule of the protocol; the connection ends.</summary>
    ProtocolViolation,

    /// <summary>Who the peer claims to be was not proven.</summary>
    Unauthenticated,

    /// <summary>The account lacks the right.</summary>
    Forbidden,

    /// <summary>What was named does not exist, or its existence is not for this account to know.</summary>
    NotFound,

    /// <summary>The state of things does not allow it: somebody else is writing, a hash differs, a name is taken.</summary>
    Conflict,

    /// <summary>One thing is larger than its limit.</summary>
    TooLarge,

    /// <summary>There are more things than their limit.</summary>
    TooMany,

    /// <summary>Too fast; try again later.</summary>
    RateLimited,

    /// <summary>The peer did not read what was meant for it in time.</summary>
    SlowConsumer,

    /// <summary>A deadline passed.</summary>
    Timeout,

    /// <summary>The node cannot do it now: it is stopping, or a resource is exhausted.</summary>
    Unavailable,

    /// <summary>A request that is well framed but makes no sense.</summary>
    Invalid,

    /// <summary>A fault of the node; its log says more.</summary>
    Internal,
}

/// <summary>Names of <see cref="ErrorCode"/> on the wire.</summary>
public static class ErrorCodes
{
    /// <summary>The name of <paramref name="code"/> on the wire, <c>too-large</c> for <see cref="ErrorCode.TooLarge"/>.</summary>
    public static string ToWire(this ErrorCode code) => ErrorCodeConverter.NameOf(code);
}

internal sealed class ErrorCodeConverter : WireNameConverter<ErrorCode>;
