using ActorNet.Protocol.Auth;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;
using ActorNet.Server.Tests.Hosting;
using ActorNet.Server.Tests.Storage;

namespace ActorNet.Server.Tests.Administration;

/// <summary>Base of tests of the commands: a data directory of their own, and each command line with what it said.</summary>
public abstract class AdminSpec : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>A place in the folder of the test.</summary>
    protected string PathOf(string name) => _folder[name];

    /// <summary>Runs without a terminal and with an empty input.</summary>
    private protected Task<Said> RunAsync(params string[] args) => RunAsync(ScriptedInput.Pipe(""), args);

    private protected async Task<Said> RunAsync(ScriptedInput input, params string[] args)
    {
        using var console = new RecordedConsole();
        var exitCode = await ServerCommandLine.RunAsync(
            [.. args, "--data", _folder["data"], "--set", "actornet.accounts.password.iterations=100000"], console.Console with { Input = input });
        return new Said(exitCode, console.Out, console.Error);
    }

    /// <summary>Runs what must go well, and returns its output.</summary>
    private protected async Task<string> DoAsync(params string[] args)
    {
        var said = await RunAsync(args);
        Assert.Equal((0, ""), (said.ExitCode, said.Error));
        return said.Out;
    }

    /// <summary>What is stored now.</summary>
    private protected AccountBook Book()
    {
        using var store = AccountStore.Open(_folder["data"], TestAccounts.Settings);
        return store.Load();
    }

    private protected Account? Find(string name) => Book().Find(name);

    /// <summary>Whether this is the account's password.</summary>
    private protected static bool IsPassword(Account? account, string text)
    {
        if (account?.Password is not { } stored || !PreparedPassword.TryPrepare(text, out var password, out _)) return false;
        var derived = ScramCredential.Create(password, stored.Salt, stored.Iterations);
        return derived.StoredKey.AsSpan().SequenceEqual(stored.StoredKey) && derived.ServerKey.AsSpan().SequenceEqual(stored.ServerKey);
    }

    private protected void Refused(Said said, int exitCode, string text)
    {
        Assert.Equal((exitCode, ""), (said.ExitCode, said.Out));
        Assert.Contains(text, said.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a command said, and its exit code.</summary>
    internal sealed record Said(int ExitCode, string Out, string Error);
}
