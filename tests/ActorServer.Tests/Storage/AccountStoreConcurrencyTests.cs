using System.Globalization;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

public sealed class AccountStoreConcurrencyTests : IDisposable
{
    private const int AccountsOfEach = 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Changes_of_several_at_once_are_all_there_and_who_reads_meanwhile_sees_only_whole_ones()
    {
        using var reader = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        var writers = Enumerable.Range(0, 3).Select(writer => OnThread(() => Write(writer))).ToArray();

        while (!Task.WhenAll(writers).IsCompleted) AssertWhole(reader.Load());
        await Task.WhenAll(writers);

        Assert.Equal(3 * AccountsOfEach, reader.Load().Accounts.Count);
        Assert.Equal(3 * AccountsOfEach, reader.TakeActs(1000).Count);
    }

    [Fact]
    public async Task A_program_killed_while_it_writes_leaves_whole_accounts_and_an_act_for_each()
    {
        string? last = null;
        using (var program = KilledProgram.Start(KilledProgram.Writer, _folder.Path))
        {
            for (var i = 0; i < 50; i++) last = await program.StandardOutput.ReadLineAsync();
            program.Kill();
            await program.WaitForExitAsync();
        }

        using var store = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        var book = store.Load();

        Assert.Equal("account-49", last);
        // Those it reported are there, and no hole is among those it was about to report.
        Assert.True(book.Accounts.Count >= 50);
        Assert.All(Enumerable.Range(0, book.Accounts.Count), i => Assert.NotNull(book.Find(string.Create(CultureInfo.InvariantCulture, $"account-{i}"))));
        AssertWhole(book);
        Assert.Equal(book.Accounts.Count, store.TakeActs(100_000).Count);
    }

    private static void AssertWhole(AccountBook book) => Assert.All(book.Accounts.Values, account =>
    {
        Assert.Equal(3, account.Roles.Length);
        Assert.NotNull(account.Password);
    });

    private void Write(int writer)
    {
        using var store = AccountStore.Open(_folder.Path, TestAccounts.Settings);
        for (var i = 0; i < AccountsOfEach; i++)
            store.Editor().Add(
                TestAccounts.Name(string.Create(CultureInfo.InvariantCulture, $"w{writer}-{i}")), ["one", "two", "three"], TestAccounts.Password);
    }

    private static Task OnThread(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
