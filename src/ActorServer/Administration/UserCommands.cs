using ActorNet.Protocol.Auth;

namespace ActorNet.Server.Administration;

/// <summary>What <c>actorserver user</c> does.</summary>
internal static class UserCommands
{
    /// <summary>Makes an account.</summary>
    public static void Add(AdminSession session, string text, IReadOnlyList<string> roles, PasswordOrigin origin)
    {
        var name = AdminSession.NameOf(text);
        foreach (var role in roles) session.RequireRole(role);
        // Before a password is asked for; the store asks itself again.
        if (session.Store.Load().Find(name.Value) is not null)
            throw AdminException.Failed($"There is an account {name} already; actorserver user show {name} shows it.");
        var (password, shown) = session.NewPassword(origin, name);
        session.Editor.Add(name, roles, password);
        var has = roles.Count > 0 ? $"roles: {string.Join(", ", roles.Distinct())}" : $"it has no role: actorserver user grant {name} ROLE";
        session.Console.Say($"Account {name} was made; {has}");
        SayPassword(session, name, origin, shown);
    }

    /// <summary>Sets the password.</summary>
    public static void Passwd(AdminSession session, string text, PasswordOrigin origin)
    {
        var name = AdminSession.NameOf(text);
        session.Find(name);
        var (password, shown) = session.NewPassword(origin, name);
        session.Editor.SetPassword(name, password);
        if (origin != PasswordOrigin.None) session.Console.Say($"The password of {name} was changed.");
        SayPassword(session, name, origin, shown);
    }

    /// <summary>All accounts.</summary>
    public static void List(AdminSession session, OutputForm form)
    {
        var accounts = session.Store.Load().Accounts.Values.OrderBy(account => account.Name, StringComparer.Ordinal);
        AccountReport.Write(session.Console, form, [.. accounts.Select(AccountView.Of)]);
    }

    /// <summary>One account.</summary>
    public static void Show(AdminSession session, string text, OutputForm form) =>
        AccountReport.Write(session.Console, form, AccountView.Of(session.Find(AdminSession.NameOf(text))));

    /// <summary>Enables or disables.</summary>
    public static void SetEnabled(AdminSession session, string text, bool isEnabled)
    {
        var name = AdminSession.NameOf(text);
        var already = session.Editor.SetEnabled(name, isEnabled) ? "" : " already";
        session.Console.Say($"Account {name} is {(isEnabled ? "enabled" : "disabled")}{already}.");
    }

    /// <summary>Removes an account, once that was confirmed.</summary>
    public static void Delete(AdminSession session, string text, bool isConfirmed)
    {
        var name = AdminSession.NameOf(text);
        var account = session.Find(name);
        if (!isConfirmed) Confirm(session, $"Delete account {name} and its keys ({account.Keys.Length})? [y/N] ");
        session.Editor.Delete(name);
        session.Console.Say($"Account {name} was deleted.");
    }

    /// <summary>Gives a role.</summary>
    public static void Grant(AdminSession session, string text, string role)
    {
        var name = AdminSession.NameOf(text);
        session.RequireRole(role);
        session.Console.Say(session.Editor.Grant(name, role) ? $"{name} has the role {role} now." : $"{name} has the role {role} already.");
    }

    /// <summary>Takes a role, also one that the configuration no longer has.</summary>
    public static void RevokeRole(AdminSession session, string text, string role)
    {
        var name = AdminSession.NameOf(text);
        session.Editor.RevokeRole(name, role);
        session.Console.Say($"{name} does not have the role {role} any more.");
    }

    private static void Confirm(AdminSession session, string question)
    {
        if (!session.Console.Input.IsTerminal) throw AdminException.Usage("There is no terminal to ask whether you are sure: add --yes.");
        session.Console.Prompt(question);
        if (session.Console.Input.ReadLine()?.Trim() is not ("y" or "Y" or "yes")) throw AdminException.Failed("Nothing was deleted.");
    }

    private static void SayPassword(AdminSession session, AccountName name, PasswordOrigin origin, string? shown)
    {
        if (shown is not null) session.Console.Say($"Its password, shown this once: {shown}");
        if (origin == PasswordOrigin.None)
            session.Console.Say($"It has no password, and logs in by a key: actorserver key add {name} --label LABEL");
    }
}
