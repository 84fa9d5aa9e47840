using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Server.Exec;

namespace ActorNet.Server.Tests.Exec;

public sealed class ExecPolicyTests
{
    private static readonly ExecSettings Settings = ExecTestSettings.Small;

    public static TheoryData<string, ExecRequest> Senseless => new()
    {
        { "neither argv nor shell", new ExecRequest() },
        { "both", new ExecRequest(["ls"], "ls") },
        { "empty argv", new ExecRequest([]) },
        { "no program", new ExecRequest([""]) },
        { "null", new ExecRequest(["ls", null!]) },
        { "NUL", new ExecRequest(["ls", "a\0b"]) },
        { "NUL in a command line", new ExecRequest(Shell: "ls\0") },
        { "NUL in cwd", new ExecRequest(["ls"], Cwd: "/\0") },
        { "empty cwd", new ExecRequest(["ls"], Cwd: "") },
        { "too many arguments", new ExecRequest(Enumerable.Repeat("x", Settings.MaxArguments + 1).ToArray()) },
        { "100000 arguments", new ExecRequest(Enumerable.Repeat("x", 100_000).ToArray()) },
        { "too long", new ExecRequest([new string('x', Settings.MaxCommandBytes)]) },
        { "too long in bytes", new ExecRequest([new string('é', Settings.MaxCommandBytes / 2)]) },
        { "command line too long", new ExecRequest(Shell: new string('x', Settings.MaxCommandBytes)) },
        { "no time", new ExecRequest(["ls"], TimeoutMs: 0) },
        { "too much time", new ExecRequest(["ls"], TimeoutMs: (long)Settings.MaxTimeLimit.TotalMilliseconds + 1) },
    };

    [Theory]
    [MemberData(nameof(Senseless))]
    public void A_request_that_makes_no_sense_is_invalid(string why, ExecRequest request)
    {
        var refusal = ExecPolicy.Refusal(request, Settings);

        Assert.True(refusal?.Code == ErrorCode.Invalid, $"{why}: {refusal}");
    }

    [Fact]
    public void What_is_just_within_every_limit_is_accepted()
    {
        var others = Enumerable.Repeat("x", Settings.MaxArguments - 1).ToList();
        var request = new ExecRequest(
            [new string('x', Settings.MaxCommandBytes - 2 * others.Count - 1), .. others],
            TimeoutMs: (long)Settings.MaxTimeLimit.TotalMilliseconds);

        Assert.Null(ExecPolicy.Refusal(request, Settings));
        Assert.Equal(Settings.MaxTimeLimit, ExecPolicy.ToCommand(request, Settings).TimeLimit);
    }

    [Fact]
    public void A_command_line_is_forbidden_on_a_node_without_a_shell()
    {
        var refusal = ExecPolicy.Refusal(new ExecRequest(Shell: "ls"), Settings with { Shell = [] });

        Assert.Equal(ErrorCode.Forbidden, refusal?.Code);
    }

    [Fact]
    public void A_command_line_is_one_argument_of_the_shell() =>
        Assert.Equal(["/bin/sh", "-c", "ls | wc; $(x)"], ExecPolicy.ToCommand(new ExecRequest(Shell: "ls | wc; $(x)"), Settings).Argv);

    [Theory]
    [InlineData(null, "/srv")]
    [InlineData("sub", "/srv/sub")]
    [InlineData("/tmp", "/tmp")]
    public void A_relative_directory_starts_at_the_nodes(string? cwd, string expected) =>
        Assert.Equal(expected, ExecPolicy.ToCommand(new ExecRequest(["ls"], Cwd: cwd), Settings with { Directory = "/srv" }).Directory);

    [Fact]
    public void Without_a_limit_in_the_request_the_nodes_holds() =>
        Assert.Equal(Settings.TimeLimit, ExecPolicy.ToCommand(new ExecRequest(["ls"]), Settings).TimeLimit);
}
