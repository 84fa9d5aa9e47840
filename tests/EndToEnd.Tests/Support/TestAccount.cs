using ActorNet.Protocol.Auth;
using ActorNet.Server.Storage;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>An account that a node has from its start, with a key of its own.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Password">Its password; null: none.</param>
/// <param name="Roles">Its roles.</param>
internal sealed record TestAccount(string Name, string? Password, params IReadOnlyList<string> Roles)
{
    /// <summary>What the key of every such account is called.</summary>
    public const string KeyLabel = "test";

    /// <summary>Whether it may log in.</summary>
    public bool IsEnabled { get; init; } = true;

    public void AddTo(AccountStore store)
    {
        var editor = new AccountEditor(store, "os:test", TimeProvider.System);
        Assert.True(AccountName.TryPrepare(Name, out var name, out var problem), problem);
        editor.Add(name, Roles, Password is null ? null : PasswordRules.Derive(Password, store.Settings));
        editor.AddKey(name, KeyLabel);
        if (!IsEnabled) editor.SetEnabled(name, isEnabled: false);
    }
}
