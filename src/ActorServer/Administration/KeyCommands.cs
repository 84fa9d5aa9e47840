using System.Text.Json;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

/// <summary>What <c>actorserver key</c> does.</summary>
internal static class KeyCommands
{
    /// <summary>Makes a key, and writes the profile with it into a new file or to the output: the only time it is seen.</summary>
    public static void Add(AdminSession session, string account, string label, string? server, string? file)
    {
        var name = AdminSession.NameOf(account);
        var address = server is null ? ListenerAddress(session) : HostAndPort.Require(server);
        if (file is null)
        {
            var key = session.Editor.AddKey(name, label);
            session.Console.Out.WriteLine(ProfileOf(address, name.Value, key));
            session.Console.Error.WriteLine($"Key {key.Id} of {name} was made. Its profile is shown this once; put it where the client is.");
            return;
        }

        // The file first: a key that cannot be written down would be lost.
        using var target = CreateFile(file);
        try
        {
            var key = session.Editor.AddKey(name, label);
            WriteProfile(session, target, key, ProfileOf(address, name.Value, key));
            session.Console.Say($"Key {key.Id} of {name} was made; its profile is {Path.GetFullPath(file)}");
        }
        catch (Exception e) when (e is AccountStoreException or AdminException)
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>Keys of one account, or of all.</summary>
    public static void List(AdminSession session, string? account, OutputForm form)
    {
        var accounts = account is null
            ? session.Store.Load().Accounts.Values.OrderBy(each => each.Name, StringComparer.Ordinal)
            : (IEnumerable<Account>)[session.Find(AdminSession.NameOf(account))];
        AccountReport.Write(session.Console, form, [.. accounts.SelectMany(each => each.Keys.Select(key => AccountKeyView.Of(each, key)))]);
    }

    /// <summary>Removes a key.</summary>
    public static void Revoke(AdminSession session, string id)
    {
        var account = session.Editor.RevokeKey(id);
        session.Console.Say($"Key {id} of {account} was revoked.");
    }

    private static string ListenerAddress(AdminSession session)
    {
        var known = session.Settings.Listeners.FirstOrDefault(listener => listener.Endpoint.Port > 0);
        return known is not null
            ? ClientProfile.For(known.Endpoint, "", [], known.Tls is not null).Server
            : throw AdminException.Usage("The configuration does not say at which port the server is reached: add --server HOST:PORT.");
    }

    private static string ProfileOf(string server, string account, MachineKey key) =>
        JsonSerializer.Serialize(
            new ClientProfile(server, account, Convert.ToBase64String(key.Secret)), ClientProfileJson.Readable.ClientProfile);

    private static FileStream CreateFile(string file)
    {
        try
        {
            return PrivatePath.OpenFile(file, FileMode.CreateNew, FileAccess.Write);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw AdminException.Failed($"{file} exists already, and is not overwritten. Name another file, or remove that one. No key was made.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw AdminException.Failed($"{file} cannot be written: {e.Message} No key was made.");
        }
    }

    private static void WriteProfile(AdminSession session, FileStream target, MachineKey key, string profile)
    {
        try
        {
            using var writer = new StreamWriter(target, leaveOpen: true);
            writer.Write(profile + "\n");
            writer.Flush();
            target.Flush(flushToDisk: true);
        }
        catch (IOException e)
        {
            session.Editor.RevokeKey(key.Id);
            throw AdminException.Failed($"{target.Name} cannot be written: {e.Message} The key was revoked again.");
        }
    }
}
