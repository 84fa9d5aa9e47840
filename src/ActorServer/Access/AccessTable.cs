using System.Collections.Immutable;
using ActorNet.Protocol;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;

namespace ActorNet.Server.Access;

/// <summary>The request disconnect once it is known whose session the connection is.</summary>
public sealed record SessionToEnd(string Account);

/// <summary>What one request to a service takes.</summary>
/// <param name="Service">The service.</param>
/// <param name="Request">The request, in the words of the protocol.</param>
/// <param name="Verb">The verb.</param>
/// <param name="Scope">What of the request it is done to; null: the row is not about this request.</param>
public sealed record AccessRow(string Service, string Request, Verb Verb, Func<object, string?> Scope);

/// <summary>
/// Everything that takes a right, in one screen. ChannelActor asks it before anything is done. What a client may do without a row here:
/// open a chat channel in which it can join nothing but the rooms of its rights, leave rooms, speak and see who is there in those it has
/// joined, go on with a file or a command it was let begin, ask who it is (the service account).
/// </summary>
public static class AccessTable
{
    private static readonly ImmutableArray<AccessRow> Table =
    [
        //               service            request        takes                 on
        Row<OpenChannel>(ServiceNames.Echo, "OPEN", Verb.EchoOpen, _ => ""),
        Row<JoinRoom>(ServiceNames.Chat, "join", Verb.ChatJoin, join => join.Room),
        Row<ExecRequest>(ServiceNames.Exec, "OPEN argv", Verb.ExecRun, request => request is { Argv: [var program, ..], Shell: null } ? program : null),
        Row<ExecRequest>(ServiceNames.Exec, "OPEN shell", Verb.ExecShell, request => request.Shell is null ? null : ""),
        Row<GetFile>(ServiceNames.Files, "OPEN get", Verb.FileRead, get => FromRoot(get.Path)),
        Row<ListFolder>(ServiceNames.Files, "OPEN list", Verb.FileRead, list => FromRoot(list.Path)),
        Row<PutFile>(ServiceNames.Files, "OPEN put", Verb.FileWrite, put => FromRoot(put.Path)),
        Row<ListSessions>(ServiceNames.Admin, "OPEN sessions", Verb.AdminSessions, _ => ""),
        Row<SessionToEnd>(ServiceNames.Admin, "OPEN disconnect", Verb.AdminDisconnect, session => session.Account),
    ];

    /// <summary>All rows.</summary>
    public static IReadOnlyList<AccessRow> All => Table;

    /// <summary>The verbs of a service.</summary>
    public static IReadOnlyList<Verb> VerbsOf(string service) =>
        [.. Table.Where(row => row.Service == service).Select(row => row.Verb).Distinct()];

    /// <summary>What a request to a service takes.</summary>
    /// <exception cref="ProtocolViolationException"><see cref="ErrorCode.Invalid"/>: there is no such request.</exception>
    public static Demand DemandOf(string service, object request)
    {
        foreach (var row in Table)
        {
            if (row.Service == service && row.Scope(request) is { } scope) return new Demand(row.Verb, scope);
        }

        throw new ProtocolViolationException(ErrorCode.Invalid, "There is no such request.");
    }

    /// <summary>The scope of a path as FilePath reads it: with or without the slash before it.</summary>
    public static string FromRoot(string path) => path.StartsWith('/') ? path : $"/{path}";

    private static AccessRow Row<T>(string service, string request, Verb verb, Func<T, string?> scope) =>
        new(service, request, verb, asked => asked is T typed ? scope(typed) : null);
}
