using System.Diagnostics;
using System.Globalization;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Storage;

/// <summary>This assembly as a program of its own, which tests start in order to kill it while it writes.</summary>
internal static class KilledProgram
{
    /// <summary>Makes accounts, each with three roles, for ever; a line for each, once it is made.</summary>
    public const string Writer = "writer";

    /// <summary>Upgrades the store, stops for ever in the middle of the step, and says so.</summary>
    public const string Upgrader = "upgrader";

    private static readonly string[] Roles = ["one", "two", "three"];

    public static int Main(string[] args)
    {
        switch (args)
        {
            case [Writer, var folder]:
                Write(folder);
                return 0;
            case [Upgrader, var folder]:
                using (AccountStore.Open(folder, TestAccounts.Settings, [.. StoreSchema.Steps, HalfAStep])) return 0;
            default:
                return 2;
        }
    }

    public static Process Start(string what, string folder)
    {
        var dotnet = Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet";
        return Process.Start(new ProcessStartInfo(dotnet, [typeof(KilledProgram).Assembly.Location, what, folder]) { RedirectStandardOutput = true })!;
    }

    private static void Write(string folder)
    {
        using var store = AccountStore.Open(folder, TestAccounts.Settings);
        for (var i = 0; ; i++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"account-{i}");
            store.Editor().Add(TestAccounts.Name(name), Roles, TestAccounts.Password);
            Console.WriteLine(name);
        }
    }

    private static void HalfAStep(Database database)
    {
        database.Execute("CREATE TABLE half (x INTEGER)");
        database.Execute("DELETE FROM accounts");
        Console.WriteLine("half");
        using var never = new ManualResetEventSlim();
        never.Wait();
    }
}
