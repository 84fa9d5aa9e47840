using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Server.Connections;

namespace ActorNet.Server.Access;

/// <summary>Which services an account can see. One it has no right for is, to it, one that does not exist.</summary>
public static class ServiceOffer
{
    /// <summary>The names of the services that an account with these rights may use, sorted.</summary>
    public static IReadOnlyList<string> For(IReadOnlyDictionary<string, ServiceDefinition> services, Rights rights) =>
        [.. services.Values.Where(service => service.Access.IsOfferedTo(rights)).Select(service => service.Name).Order(StringComparer.Ordinal)];

    /// <summary>The refusal of an OPEN that names a service which is not there or not for this account; null: it is for it.</summary>
    public static ChannelRefused? Refusal(IReadOnlyDictionary<string, ServiceDefinition> services, string name, Rights rights)
    {
        if (services.TryGetValue(name, out var service) && service.Access.IsOfferedTo(rights)) return null;
        var offered = For(services, rights);
        return new ChannelRefused(
            ErrorCode.NotFound,
            offered.Count == 0
                ? "there is no such service, and no other for this account; ask who runs the node for a role"
                : $"there is no such service; this account may use {string.Join(", ", offered)}");
    }

    /// <summary>What a refused OPEN would have taken, for the audit; null: there is no such service for anybody.</summary>
    public static Demand? AttemptOf(IReadOnlyDictionary<string, ServiceDefinition> services, OpenChannel open)
    {
        if (!services.TryGetValue(open.Service, out var service)) return null;
        try
        {
            return service.Access.Opening(open) ?? TheServiceOf(service);
        }
        catch (ProtocolViolationException)
        {
            // Parameters that make no sense are an attempt at the service all the same.
            return TheServiceOf(service);
        }
    }

    private static Demand? TheServiceOf(ServiceDefinition service) => service.Access.Verbs is [var first, ..] ? new Demand(first) : null;
}
