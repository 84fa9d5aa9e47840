using ActorNet.Protocol.Auth;
using ActorNet.Server.Settings;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Settings;

namespace ActorNet.Server.Tests.Storage;

/// <summary>What tests of accounts start from.</summary>
internal static class TestAccounts
{
    /// <summary>Those of the reference, but for the iterations, which are as few as may be.</summary>
    public static AccountStoreSettings Settings { get; } = Reference() with { Iterations = AccountStoreSettings.LeastIterations };

    /// <summary>Of the password "correct horse".</summary>
    public static ScramCredential Password { get; } = PasswordRules.Derive("correct horse", Settings);

    public static AccountName Name(string text) =>
        AccountName.TryPrepare(text, out var name, out var problem) ? name : throw new ArgumentException(problem);

    /// <summary>Somebody who changes things at the terminal.</summary>
    public static AccountEditor Editor(this AccountStore store, TimeProvider? time = null) => new(store, "os:tester", time ?? TimeProvider.System);

    private static AccountStoreSettings Reference() =>
        AccountStoreSettings.From(new SettingsReader(ReferenceConfig.Load(), "actornet").Section("accounts"));
}
