using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ActorNet.Server.Hosting;

namespace ActorNet.Server.Administration;

/// <summary>For whom something is printed.</summary>
internal enum OutputForm
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For programs: one JSON value on one line.</summary>
    Json,
}

/// <summary>Prints accounts and keys.</summary>
internal static class AccountReport
{
    public static void Write(ServerConsole console, OutputForm form, IReadOnlyList<AccountView> accounts)
    {
        if (form == OutputForm.Json) WriteJson(console, accounts, AccountViewJson.Default.IReadOnlyListAccountView);
        else
            WriteTable(
                console, ["NAME", "ENABLED", "PASSWORD", "KEYS", "ROLES"],
                accounts.Select(account => (string[])
                [
                    account.Name, YesOrNo(account.Enabled), YesOrNo(account.Password is not null), Number(account.Keys.Count),
                    string.Join(", ", account.Roles),
                ]));
    }

    public static void Write(ServerConsole console, OutputForm form, IReadOnlyList<AccountKeyView> keys)
    {
        if (form == OutputForm.Json) WriteJson(console, keys, AccountViewJson.Default.IReadOnlyListAccountKeyView);
        else
            WriteTable(
                console, ["ID", "ACCOUNT", "CREATED", "LABEL"],
                keys.Select(key => (string[])[key.Id, key.Account, Time(key.Created), key.Label]));
    }

    public static void Write(ServerConsole console, OutputForm form, AccountView account)
    {
        if (form == OutputForm.Json)
        {
            WriteJson(console, account, AccountViewJson.Default.AccountView);
            return;
        }

        Line("name", account.Name);
        Line("enabled", YesOrNo(account.Enabled));
        Line("roles", account.Roles.Count > 0 ? string.Join(", ", account.Roles) : "none");
        Line("password", account.Password is { } password ? $"yes ({Number(password.Iterations)} iterations)" : "none");
        foreach (var key in account.Keys) Line("key", $"{key.Id}  {Time(key.Created)}  {key.Label}");
        Line("created", Time(account.Created));

        void Line(string word, string text) => console.Say($"{word,-8}  {text}");
    }

    // The default encoder escapes all but ASCII: nothing in it moves a terminal.
    private static void WriteJson<T>(ServerConsole console, T value, JsonTypeInfo<T> type) =>
        console.Out.WriteLine(JsonSerializer.Serialize(value, type));

    private static void WriteTable(ServerConsole console, string[] head, IEnumerable<string[]> rows)
    {
        string[][] lines = [head, .. rows];
        var widths = head.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
            console.Say(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string YesOrNo(bool value) => value ? "yes" : "no";

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
