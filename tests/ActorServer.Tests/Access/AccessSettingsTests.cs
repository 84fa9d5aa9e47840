using ActorNet.Server.Access;
using ActorNet.Server.Settings;
using ActorNet.Server.Tests.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Access;

public sealed class AccessSettingsTests
{
    private static readonly AccessSettings Shipped = Read("", out _);

    private static AccessSettings Read(string changes, out IReadOnlyList<string> errors)
    {
        var config = ConfigurationFactory.ParseString(changes).WithFallback(ReferenceConfig.Load());
        var reader = new SettingsReader(config, "actornet.access");
        var settings = AccessSettings.From(reader);
        errors = reader.Errors;
        return settings;
    }

    [Fact]
    public void The_shipped_roles_are_admin_member_and_guest()
    {
        Read("", out var errors);

        Assert.Empty(errors);
        Assert.Equal(["admin", "guest", "member"], Shipped.Roles);
        Assert.Equal(Rights.All, Shipped.Resolve(["admin"]));
    }

    [Fact]
    public void A_member_chats_and_has_files_and_runs_nothing()
    {
        var member = Shipped.Resolve(["member"]);

        Assert.True(member.Allows(Verb.EchoOpen));
        Assert.True(member.Allows(Verb.ChatJoin, "any"));
        Assert.True(member.Allows(Verb.FileRead, "/"));
        Assert.True(member.Allows(Verb.FileWrite, "/a/b"));
        Assert.False(member.AllowsAny(Verb.ExecRun));
        Assert.False(member.AllowsAny(Verb.ExecShell));
        Assert.False(member.AllowsAny(Verb.AdminSessions));
        Assert.False(member.AllowsAny(Verb.AdminDisconnect));
    }

    [Fact]
    public void A_guest_enters_the_lobby()
    {
        var guest = Shipped.Resolve(["guest"]);

        Assert.Equal([Verb.EchoOpen, Verb.ChatJoin], Verbs.All.Where(guest.AllowsAny));
        Assert.True(guest.Allows(Verb.ChatJoin, "lobby"));
        Assert.False(guest.Allows(Verb.ChatJoin, "ops"));
    }

    [Fact]
    public void Several_roles_allow_together_and_each_may_deny()
    {
        var settings = Read(
            """
            actornet.access.roles {
              reader { allow = ["file.read:/**"], deny = ["file.read:/secret/**"] }
              runner { allow = ["exec.run:make"], deny = [] }
            }
            """,
            out var errors);

        var rights = settings.Resolve(["reader", "runner", "member"]);

        Assert.Empty(errors);
        Assert.True(rights.Allows(Verb.ExecRun, "make"));
        Assert.True(rights.Allows(Verb.FileRead, "/a"));
        Assert.False(rights.Allows(Verb.FileRead, "/secret"));
    }

    [Fact]
    public void A_role_that_is_not_there_gives_nothing()
    {
        Assert.False(Shipped.Has("boss"));
        Assert.Equal(Rights.None, Shipped.Resolve(["boss", ""]));
        Assert.Equal(Rights.None, Shipped.Resolve([]));
    }

    [Theory]
    [InlineData("member.allow = [\"chat.jion:*\"]", "actornet.access.roles.member.allow has a right that cannot be read: 'chat.jion:*' ")]
    [InlineData("guest.deny = [\"file.read:pub\"]", "actornet.access.roles.guest.deny has a right that cannot be read: 'file.read:pub' ")]
    [InlineData("ops { allow = [] }", "actornet.access.roles.ops.deny is missing.")]
    [InlineData("Ops { allow = [], deny = [] }", "actornet.access.roles.Ops has a name ")]
    [InlineData("ops = admin", "actornet.access.roles.ops is a value")]
    [InlineData("ops { deny = [], allow = all }", "actornet.access.roles.ops.allow is not a list of texts")]
    public void What_is_wrong_is_said_with_its_key(string role, string error)
    {
        Read($"actornet.access.roles {{ {role} }}", out var errors);

        Assert.StartsWith(error, Assert.Single(errors), StringComparison.Ordinal);
    }
}
