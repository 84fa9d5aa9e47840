using ActorNet.Protocol;

namespace ActorNet.Client;

/// <summary>
/// The server has no such service, or not for this account: it does not say which of the two (code <c>not-found</c>).
/// </summary>
public sealed class ServiceNotOfferedException : ActorNetException
{
    internal ServiceNotOfferedException(string service, IReadOnlyList<string> offered, ActorNetException refusal) : base(
        ErrorCode.NotFound,
        $"the server has no service {service} for this account, only {string.Join(", ", offered)}", refusal)
    {
    }
}
