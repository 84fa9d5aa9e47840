using System.Globalization;
using ActorNet.Server.Access;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

/// <summary>Roles that accounts have and the configuration does not: they give nothing, and look as if they did.</summary>
internal static class MissingRoles
{
    /// <summary>A sentence for each, in the order of their names.</summary>
    public static IEnumerable<string> Warnings(AccountBook book, AccessSettings access) => book.Accounts.Values
        .SelectMany(account => account.Roles)
        .Where(role => !access.Has(role))
        .CountBy(role => role)
        .OrderBy(role => role.Key, StringComparer.Ordinal)
        .Select(role => string.Create(
            CultureInfo.InvariantCulture,
            $"There is no role '{role.Key}' in actornet.access.roles; accounts that have it, and get nothing by it: {role.Value}"));
}
