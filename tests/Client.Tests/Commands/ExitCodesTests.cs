using ActorNet.Client.Commands;
using ActorNet.Client.Profiles;
using ActorNet.Client.Trust;
using ActorNet.Protocol;
using ActorNet.Protocol.Exec;

namespace ActorNet.Client.Tests.Commands;

public sealed class ExitCodesTests
{
    public static TheoryData<Exception, int> Failures => new()
    {
        { new ActorNetException(ErrorCode.NotFound, "x"), 1 },
        { new ActorNetException(null, "x"), 1 },
        { new IOException("x"), 1 },
        { new ConnectFailedException(null, "x"), 3 },
        { new ConnectFailedException(ErrorCode.TooMany, "x"), 3 },
        { new LoginFailedException(null, "x"), 4 },
        { new ProfileException("x"), 4 },
        { new StaleLoginException("x"), 4 },
        { new ServerIdentityException("x"), 6 },
        { new UnknownServerException("x", Fingerprint.Of([])), 6 },
        { new ActorNetException(ErrorCode.Forbidden, "x"), 4 },
        { new ConnectionLostException(ErrorCode.Forbidden, "x"), 4 },
        { new ServiceNotOfferedException("exec", ["echo"], new ActorNetException(ErrorCode.NotFound, "x")), 4 },
        { new ConnectionLostException(null, "x"), 5 },
        { new ConnectionLostException(ErrorCode.Unavailable, "x"), 5 },
    };

    [Theory]
    [MemberData(nameof(Failures))]
    public void Failure_has_its_code(Exception failure, int code) => Assert.Equal(code, ExitCodes.Of(failure));

    [Theory]
    [InlineData("HUP", 129)]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    [InlineData("TERM", 143)]
    [InlineData("RTMIN+3", 128)]
    public void Signal_is_128_and_its_number(string signal, int code) =>
        Assert.Equal(code, ExecExitCode.Of(new CommandEnded(ExecEndReason.Signalled, 1, null, signal)));

    [Theory]
    [InlineData("a/b/c.txt", null, "c.txt")]
    [InlineData("a/b/", null, "b")]
    [InlineData("c.txt", "d.txt", "d.txt")]
    [InlineData("a/c.txt", "folder/", "folder/c.txt")]
    public void Target_of_a_get_is_a_name_here(string remote, string? local, string target) =>
        Assert.Equal(target, LocalTarget.Of(remote, local));

    [Theory]
    [InlineData("/")]
    [InlineData("a/..")]
    [InlineData(".")]
    public void Get_of_what_has_no_name_needs_one(string remote) =>
        Assert.Throws<ArgumentException>(() => LocalTarget.Of(remote, null));

    [Theory]
    [InlineData("d/c.txt", null, "c.txt")]
    [InlineData("d/c.txt", "x", "x")]
    [InlineData("d/c.txt", "x/", "x/c.txt")]
    public void Target_of_a_put_is_a_name_there(string local, string? remote, string target) =>
        Assert.Equal(target, LocalTarget.OfPut(local, remote));

    [Fact]
    public void Put_of_stdin_needs_a_name() => Assert.Throws<ArgumentException>(() => LocalTarget.OfPut("-", null));
}
