using ActorNet.Protocol;
using ActorNet.Protocol.Administration;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Chat;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Files;
using ActorNet.Server.Access;

namespace ActorNet.Server.Tests.Access;

public sealed class AccessTableTests
{
    public static TheoryData<string, object, Verb, string> Requests => new()
    {
        { "echo", new OpenChannel("echo", 1), Verb.EchoOpen, "" },
        { "chat", new JoinRoom(1, "lobby"), Verb.ChatJoin, "lobby" },
        { "exec", new ExecRequest(["ls", "-l"]), Verb.ExecRun, "ls" },
        { "exec", new ExecRequest(Shell: "ls | wc"), Verb.ExecShell, "" },
        { "exec", new ExecRequest(["ls"], "ls"), Verb.ExecShell, "" },
        { "files", new GetFile("a/b"), Verb.FileRead, "/a/b" },
        { "files", new GetFile("/a/b"), Verb.FileRead, "/a/b" },
        { "files", new ListFolder(""), Verb.FileRead, "/" },
        { "files", new PutFile("a", 1), Verb.FileWrite, "/a" },
        { "admin", new ListSessions(), Verb.AdminSessions, "" },
        { "admin", new SessionToEnd("bob"), Verb.AdminDisconnect, "bob" },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void A_request_takes(string service, object request, Verb verb, string scope) =>
        Assert.Equal(new Demand(verb, scope), AccessTable.DemandOf(service, request));

    [Fact]
    public void A_request_without_a_row_is_one_that_does_not_exist()
    {
        Assert.Equal(ErrorCode.Invalid, Assert.Throws<ProtocolViolationException>(() => AccessTable.DemandOf("exec", new ExecRequest())).Code);
        Assert.Throws<ProtocolViolationException>(() => AccessTable.DemandOf("echo", new GetFile("a")));
    }

    [Fact]
    public void Every_verb_is_taken_by_something() => Assert.Equal(Verbs.All.Order(), AccessTable.All.Select(row => row.Verb).Distinct().Order());

    [Fact]
    public void The_name_of_a_verb_begins_with_its_service() => Assert.All(
        AccessTable.All, row => Assert.StartsWith(row.Service.TrimEnd('s'), row.Verb.ToWire(), StringComparison.Ordinal));
}
