using ActorNet.Server.Access;

namespace ActorNet.Server.Tests.Access;

public sealed class RightsTests
{
    [Theory]
    [InlineData("*", Verb.ExecShell, "", true)]
    [InlineData("chat.*", Verb.ChatJoin, "anything", true)]
    [InlineData("chat.*", Verb.FileRead, "/", false)]
    [InlineData("exec.*", Verb.ExecShell, "", true)]
    [InlineData("exec.run", Verb.ExecRun, "/bin/ls", true)]
    [InlineData("exec.run", Verb.ExecShell, "", false)]
    [InlineData("chat.join:lobby", Verb.ChatJoin, "lobby", true)]
    [InlineData("chat.join:lobby", Verb.ChatJoin, "Lobby", false)]
    [InlineData("chat.join:lobby", Verb.ChatJoin, "lobby2", false)]
    [InlineData("chat.join:ops-*", Verb.ChatJoin, "ops-", true)]
    [InlineData("chat.join:ops-*", Verb.ChatJoin, "ops-night", true)]
    [InlineData("chat.join:ops-*", Verb.ChatJoin, "dev-ops-", false)]
    [InlineData("chat.join:ops-?", Verb.ChatJoin, "ops-1", true)]
    [InlineData("chat.join:ops-?", Verb.ChatJoin, "ops-", false)]
    [InlineData("chat.join:ops-?", Verb.ChatJoin, "ops-12", false)]
    [InlineData("chat.join:?", Verb.ChatJoin, "\U00020000", true)]
    [InlineData("chat.join:caf\u0065\u0301", Verb.ChatJoin, "caf\u00e9", true)]
    [InlineData("chat.join:**", Verb.ChatJoin, "lobby", true)]
    [InlineData("file.read:/pub/**", Verb.FileRead, "/pub", true)]
    [InlineData("file.read:/pub/**", Verb.FileRead, "/pub/a/b", true)]
    [InlineData("file.read:/pub/**", Verb.FileRead, "/public", false)]
    [InlineData("file.read:/pub/**", Verb.FileRead, "/", false)]
    [InlineData("file.read:/**", Verb.FileRead, "/", true)]
    [InlineData("file.read:/", Verb.FileRead, "/", true)]
    [InlineData("file.read:/", Verb.FileRead, "/a", false)]
    [InlineData("file.read:/*", Verb.FileRead, "/a", true)]
    [InlineData("file.read:/*", Verb.FileRead, "/", false)]
    [InlineData("file.read:/*", Verb.FileRead, "/a/b", false)]
    [InlineData("file.read:/*.txt", Verb.FileRead, "/a.txt", true)]
    [InlineData("file.read:/**/secret", Verb.FileRead, "/secret", true)]
    [InlineData("file.read:/**/secret", Verb.FileRead, "/a/b/secret", true)]
    [InlineData("file.read:/**/secret", Verb.FileRead, "/a/secret/b", false)]
    [InlineData("file.read:/pub/**", Verb.FileWrite, "/pub/a", false)]
    [InlineData("file.*:/pub/**", Verb.FileWrite, "/pub/a", true)]
    [InlineData("exec.run:ls", Verb.ExecRun, "ls", true)]
    [InlineData("exec.run:ls", Verb.ExecRun, "/bin/ls", false)]
    [InlineData("exec.run:ls", Verb.ExecRun, "ls ", false)]
    [InlineData("exec.run:*", Verb.ExecRun, "ls", true)]
    [InlineData("exec.run:*", Verb.ExecRun, "/bin/ls", false)]
    [InlineData("exec.run:**", Verb.ExecRun, "/bin/ls", true)]
    [InlineData("exec.run:/opt/tools/*", Verb.ExecRun, "/opt/tools/lint", true)]
    [InlineData("exec.run:/opt/tools/*", Verb.ExecRun, "/opt/tools/../../bin/sh", false)]
    [InlineData("exec.run:/opt/tools/**", Verb.ExecRun, "/opt/tools/../../bin/sh", false)]
    [InlineData("exec.run:/opt/tools/**", Verb.ExecRun, "/opt/tools/./lint", false)]
    [InlineData("exec.run:/opt/tools/**", Verb.ExecRun, "/opt/tools//lint", false)]
    [InlineData("exec.run:**/lint", Verb.ExecRun, "/opt/tools/lint", true)]
    [InlineData("exec.run:**/lint", Verb.ExecRun, "lint", true)]
    [InlineData("exec.run:**/lint", Verb.ExecRun, "tools/lint", false)]
    [InlineData("exec.run:**", Verb.ExecRun, "tools/lint", true)]
    [InlineData("exec.run:**", Verb.ExecRun, "../x", true)]
    [InlineData("admin.disconnect:Bob", Verb.AdminDisconnect, "bob", true)]
    [InlineData("admin.disconnect:ｂｏｂ", Verb.AdminDisconnect, "bob", true)]
    [InlineData("admin.disconnect:ΟΔΥΣΣΕΥΣ", Verb.AdminDisconnect, "οδυσσευσ", true)]
    [InlineData("admin.disconnect:Οδυσσευς", Verb.AdminDisconnect, "οδυσσευσ", true)]
    [InlineData("admin.disconnect:Οδ*ς", Verb.AdminDisconnect, "οδυσσευσ", true)]
    public void A_pattern_covers(string pattern, Verb verb, string scope, bool covered) =>
        Assert.Equal(covered, new Rights([pattern], []).Allows(verb, scope));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("chat")]
    [InlineData("chat.jion")]
    [InlineData("Chat.join")]
    [InlineData(" chat.join")]
    [InlineData("*:lobby")]
    [InlineData("chat.join:")]
    [InlineData("chat.join:a/b")]
    [InlineData("chat.join:ops-**")]
    [InlineData("chat.join:a\nb")]
    [InlineData("exec.shell:sh")]
    [InlineData("exec.*:ls")]
    [InlineData("echo.open:x")]
    [InlineData("file.read:pub")]
    [InlineData("file.read:/pub/")]
    [InlineData("file.read://pub")]
    [InlineData("file.read:/pub/../x")]
    [InlineData("file.read:/./x")]
    [InlineData("file.read:/a**")]
    [InlineData("exec.run:./build.sh")]
    [InlineData("exec.run:tools/lint")]
    [InlineData("exec.run:*/lint")]
    [InlineData("exec.run:/opt/../bin/sh")]
    [InlineData("exec.run:/opt/")]
    [InlineData("admin.disconnect:a/b")]
    [InlineData("admin.disconnect:two words")]
    [InlineData(".*")]
    [InlineData("**")]
    public void A_pattern_that_cannot_be_read_is_an_error_that_names_it(string pattern)
    {
        Assert.Contains($"'{pattern}'", Assert.Throws<FormatException>(() => new Rights([pattern], [])).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => new Rights([], [pattern]));
    }

    [Fact]
    public void A_denial_wins_over_whatever_allows()
    {
        var rights = new Rights(["*", "chat.join:ops-1"], ["chat.join:ops-*", "exec.shell"]);

        Assert.False(rights.Allows(Verb.ChatJoin, "ops-1"));
        Assert.True(rights.Allows(Verb.ChatJoin, "lobby"));
        Assert.False(rights.Allows(Verb.ExecShell));
        Assert.True(rights.Allows(Verb.ExecRun, "ls"));
    }

    [Theory]
    [InlineData("/usr/bin/../bin/python3")]
    [InlineData("./python3")]
    [InlineData("bin/python3")]
    [InlineData("//usr/bin/python3")]
    public void A_denial_of_a_program_is_not_walked_round_by_another_way_to_write_its_path(string program)
    {
        var rights = new Rights(["exec.run"], ["exec.run:/usr/bin/python3"]);

        Assert.False(rights.Allows(Verb.ExecRun, program));
        Assert.True(rights.Allows(Verb.ExecRun, "/usr/bin/perl"));
    }

    [Fact]
    public void Some_scope_is_allowed_unless_a_denial_covers_them_all()
    {
        Assert.True(new Rights(["chat.join:lobby"], []).AllowsAny(Verb.ChatJoin));
        Assert.True(new Rights(["chat.join:*"], ["chat.join:ops-*"]).AllowsAny(Verb.ChatJoin));
        Assert.False(new Rights(["chat.join:*"], ["chat.join:*"]).AllowsAny(Verb.ChatJoin));
        Assert.False(new Rights(["chat.join:lobby"], ["chat.join:l*"]).AllowsAny(Verb.ChatJoin));
        Assert.False(new Rights(["chat.join:*"], ["*"]).AllowsAny(Verb.ChatJoin));
        Assert.False(new Rights(["chat.join:*"], []).AllowsAny(Verb.FileRead));
    }

    [Fact]
    public void Rights_are_equal_when_the_same_is_written_in_any_order()
    {
        var rights = new Rights(["chat.*", "echo.open", "chat.*"], ["exec.*"]);

        Assert.Equal(new Rights(["echo.open", "chat.*"], ["exec.*"]), rights);
        Assert.Equal(["chat.*", "echo.open"], rights.Allow);
        Assert.NotEqual(Rights.None, rights);
        Assert.Equal(Rights.All, new Rights(["*"], []));
    }

    [Fact]
    public void A_pattern_full_of_wildcards_takes_no_time_to_speak_of()
    {
        var rights = new Rights([$"file.read:/{string.Concat(Enumerable.Repeat("*a", 60))}b"], []);
        var deep = new Rights([$"file.read:{string.Concat(Enumerable.Repeat("/**/a", 60))}/b"], []);

        Assert.False(rights.Allows(Verb.FileRead, "/" + new string('a', 250)));
        Assert.False(deep.Allows(Verb.FileRead, string.Concat(Enumerable.Repeat("/a", 2000))));
    }
}
