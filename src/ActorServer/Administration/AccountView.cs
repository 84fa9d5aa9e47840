using System.Text.Json.Serialization;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

// What --json prints. Members are only added, never renamed. There is no member for a secret.

internal sealed record AccountView(
    string Name, bool Enabled, IReadOnlyList<string> Roles, PasswordView? Password, IReadOnlyList<KeyView> Keys, DateTimeOffset Created)
{
    public static AccountView Of(Account account) => new(
        account.Name, account.IsEnabled, account.Roles, account.Password is { } password ? new PasswordView(password.Iterations) : null,
        [.. account.Keys.Select(KeyView.Of)], account.Created);
}

internal sealed record PasswordView(int Iterations);

internal sealed record KeyView(string Id, string Label, DateTimeOffset Created)
{
    public static KeyView Of(MachineKey key) => new(key.Id, key.Label, key.Created);
}

internal sealed record AccountKeyView(string Account, string Id, string Label, DateTimeOffset Created)
{
    public static AccountKeyView Of(Account account, MachineKey key) => new(account.Name, key.Id, key.Label, key.Created);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AccountView))]
[JsonSerializable(typeof(IReadOnlyList<AccountView>))]
[JsonSerializable(typeof(IReadOnlyList<AccountKeyView>))]
internal sealed partial class AccountViewJson : JsonSerializerContext;
