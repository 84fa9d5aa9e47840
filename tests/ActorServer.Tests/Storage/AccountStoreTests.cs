using System.Runtime.Versioning;
using ActorNet.Protocol;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Chat;

namespace ActorNet.Server.Tests.Storage;

[UnsupportedOSPlatform("windows")]
public sealed class AccountStoreTests : IDisposable
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryFolder _folder = new();
    private readonly AccountStore _store;

    public AccountStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Every_file_of_the_store_is_for_its_owner_only()
    {
        _store.Editor().Add(TestAccounts.Name("ann"), [], null);

        var files = Directory.GetFiles(_folder.Path);
        Assert.Equal(["actornet.db", "actornet.db-shm", "actornet.db-wal"], files.Select(Path.GetFileName).Order());
        Assert.All(files, file => Assert.Equal(Private, File.GetUnixFileMode(file)));
    }

    [Fact]
    public void A_store_that_others_can_read_is_refused_with_the_command_that_mends_it()
    {
        File.SetUnixFileMode(_folder["actornet.db"], Private | UnixFileMode.GroupRead);

        var refusal = Assert.Throws<StartFailedException>(Open);

        Assert.Contains($"chmod 600 {_folder["actornet.db"]}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_stored_is_there_when_it_is_opened_again()
    {
        var time = new ManualTime();
        _store.Editor(time).Add(TestAccounts.Name("ann"), ["ops", "chat"], TestAccounts.Password);
        var key = _store.Editor(time).AddKey(TestAccounts.Name("ann"), "Ann's laptop");

        using var again = Open();
        var ann = again.Load().Find("ann")!;

        Assert.True(ann.IsEnabled);
        Assert.Equal(["chat", "ops"], [.. ann.Roles]);
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), ann.Created.ToUnixTimeMilliseconds());
        Assert.Equal(TestAccounts.Password.Salt, ann.Password!.Salt);
        Assert.Equal(TestAccounts.Password.Iterations, ann.Password.Iterations);
        Assert.Equal(TestAccounts.Password.StoredKey, ann.Password.StoredKey);
        Assert.Equal(TestAccounts.Password.ServerKey, ann.Password.ServerKey);
        var stored = Assert.Single(ann.Keys);
        Assert.Equal((key.Id, "Ann's laptop", key.Created), (stored.Id, stored.Label, stored.Created));
        Assert.Equal(key.Secret, stored.Secret);
        Assert.Equal(32, key.Secret.Length);
    }

    [Fact]
    public void The_secret_of_the_store_is_its_own_and_stays()
    {
        using var folder = new TemporaryFolder();
        using var other = AccountStore.Open(folder.Path, TestAccounts.Settings);
        using var again = Open();

        Assert.Equal(32, _store.Load().Secret.Length);
        Assert.Equal(_store.Load().Secret, again.Load().Secret);
        Assert.NotEqual(_store.Load().Secret, other.Load().Secret);
    }

    [Fact]
    public void Each_password_has_a_salt_of_its_own_and_no_store_holds_the_password()
    {
        var first = PasswordRules.Derive("Tr0ub4dor&3 canary", TestAccounts.Settings);
        var second = PasswordRules.Derive("Tr0ub4dor&3 canary", TestAccounts.Settings);
        _store.Editor().Add(TestAccounts.Name("ann"), [], first);

        Assert.Equal(16, first.Salt.Length);
        Assert.NotEqual(first.Salt, second.Salt);
        Assert.NotEqual(first.StoredKey, second.StoredKey);
        Assert.All(
            Directory.GetFiles(_folder.Path),
            file => Assert.DoesNotContain("Tr0ub4dor", SharedText(file), StringComparison.Ordinal));
    }

    [Fact]
    public void An_erased_key_is_in_no_file_once_the_store_is_closed()
    {
        _store.Editor().Add(TestAccounts.Name("ann"), [], null);
        var key = _store.Editor().AddKey(TestAccounts.Name("ann"), "laptop");
        _store.Editor().RevokeKey(key.Id);

        _store.Dispose();

        var text = Assert.Single(Directory.GetFiles(_folder.Path).Select(SharedText));
        Assert.DoesNotContain(System.Text.Encoding.Latin1.GetString(key.Secret), text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_file_is_said_to_be_one()
    {
        using var folder = new TemporaryFolder();
        File.SetUnixFileMode(folder.Write("actornet.db", string.Concat(Enumerable.Repeat("this is no database ", 1000))), Private);

        var failure = Assert.Throws<AccountStoreException>(() => AccountStore.Open(folder.Path, TestAccounts.Settings));

        Assert.Equal(ErrorCode.Internal, failure.Code);
        Assert.Contains("actornet.db is damaged", failure.Message, StringComparison.Ordinal);
        Assert.Contains("backup", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_an_error_with_the_file()
    {
        var failure = Assert.Throws<AccountStoreException>(() => AccountStore.Open(_folder["missing"], TestAccounts.Settings));

        Assert.Equal(ErrorCode.Unavailable, failure.Code);
        Assert.Contains(_folder["missing/actornet.db"], failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_writes_for_longer_than_the_busy_timeout_is_named_as_the_reason()
    {
        using var stuck = Database.Open(_folder["actornet.db"], TimeSpan.FromSeconds(1));
        using var impatient = AccountStore.Open(_folder.Path, TestAccounts.Settings with { BusyTimeout = TimeSpan.FromSeconds(1) });
        stuck.Execute("BEGIN IMMEDIATE");

        var failure = Assert.Throws<AccountStoreException>(() => impatient.Editor().Add(TestAccounts.Name("ann"), [], null));

        Assert.Equal(ErrorCode.Unavailable, failure.Code);
        Assert.Contains("locked by another process", failure.Message, StringComparison.Ordinal);
        // Who reads does not wait for who writes.
        Assert.Empty(impatient.Load().Accounts);
        stuck.Execute("ROLLBACK");
    }

    [Fact]
    public void The_stamp_changes_with_every_change_of_others_and_of_its_own_and_with_nothing_else()
    {
        using var other = Open();
        var first = _store.CurrentStamp();
        _store.Load();
        Assert.Equal(first, _store.CurrentStamp());

        other.Editor().Add(TestAccounts.Name("ann"), [], null);
        var second = _store.CurrentStamp();
        Assert.NotEqual(first, second);

        _store.Editor().SetEnabled(TestAccounts.Name("ann"), false);
        Assert.NotEqual(second, _store.CurrentStamp());
    }

    [Theory]
    [InlineData("too short")]
    [InlineData("")]
    public void A_password_that_is_none_or_too_short_is_refused_and_not_repeated(string password)
    {
        var refusal = Assert.Throws<AccountStoreException>(() => PasswordRules.Derive(password, TestAccounts.Settings));

        Assert.Equal(ErrorCode.Invalid, refusal.Code);
        if (password.Length > 0) Assert.DoesNotContain(password, refusal.Message.Replace("is too short", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_of_exactly_the_least_length_is_taken_and_one_character_less_is_not()
    {
        var least = TestAccounts.Settings.MinPasswordLength;
        PasswordRules.Derive(new string('x', least), TestAccounts.Settings);

        Assert.Throws<AccountStoreException>(() => PasswordRules.Derive(new string('x', least - 1), TestAccounts.Settings));
    }

    [Fact]
    public void A_generated_password_is_20_characters_that_cannot_be_mixed_up()
    {
        var passwords = Enumerable.Range(0, 100).Select(_ => PasswordRules.Generate()).ToArray();

        Assert.Equal(100, passwords.Distinct().Count());
        Assert.All(passwords, password => Assert.Matches("^[A-HJ-NP-Za-kmnp-z2-9]{20}$", password));
    }

    private AccountStore Open() => AccountStore.Open(_folder.Path, TestAccounts.Settings);

    private static string SharedText(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
        return reader.ReadToEnd();
    }
}
