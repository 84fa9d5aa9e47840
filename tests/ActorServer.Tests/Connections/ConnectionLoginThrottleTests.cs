using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Tests.Auth;

namespace ActorNet.Server.Tests.Connections;

public sealed class ConnectionLoginThrottleTests : LoginSpec
{
    private void Fail(string account, int times, byte[]? device = null)
    {
        for (var i = 0; i < times; i++)
        {
            var bench = Greeted();
            new ScramPeer(bench, TestAccounts.WrongPassword, account).Try(device);
            Assert.Equal(ErrorCode.Unauthenticated, bench.Transport.ExpectGoodbye());
        }
    }

    private byte[] FirstAnswer(string account, byte[]? device = null)
    {
        var bench = Greeted();
        bench.Transport.Deliver(new ScramPeer(bench, TestAccounts.WrongPassword, account).First(device));
        return bench.Transport.ExpectFrame(FrameType.Goodbye).Payload.ToArray();
    }

    [Fact]
    public void After_too_many_failures_the_next_is_told_how_long_to_wait_and_not_checked()
    {
        Fail("alice", TestLimits.Login.FreeFailures);
        var goodbye = ProtocolJson.Decode(FirstAnswer("alice"), ProtocolJsonContext.Default.Goodbye);
        Assert.Equal(ErrorCode.RateLimited, goodbye.Code);
        Assert.Contains("in 1 s", goodbye.Message, StringComparison.Ordinal);
        Time.Advance(TestLimits.Login.FirstDelay);
        new ScramPeer(Greeted(), TestAccounts.AlicesPassword).Login();
    }

    [Fact]
    public void A_name_that_nobody_has_is_throttled_the_same()
    {
        Fail("alice", TestLimits.Login.FreeFailures);
        Fail("nobody", TestLimits.Login.FreeFailures);
        Assert.Equal(FirstAnswer("alice"), FirstAnswer("nobody"));
    }

    [Fact]
    public void Who_has_been_here_before_and_whoever_has_a_key_are_not_held_up_by_strangers()
    {
        var device = new ScramPeer(Greeted(), TestAccounts.AlicesPassword).Login().Device;
        Fail("alice", TestLimits.Login.FreeFailures);
        Assert.NotEmpty(FirstAnswer("alice"));

        new ScramPeer(Greeted(), TestAccounts.AlicesPassword).Login(device);
        var machine = Greeted();
        machine.Transport.Deliver(machine.Auth());
        machine.Transport.ExpectFrame(FrameType.Authenticated);
    }

    [Fact]
    public void A_device_that_guesses_itself_is_held_up_with_the_strangers()
    {
        var device = new ScramPeer(Greeted(), TestAccounts.AlicesPassword).Login().Device;
        Fail("alice", TestLimits.Login.FreeFailures, device);
        Fail("alice", TestLimits.Login.FreeFailures);
        Assert.NotEmpty(FirstAnswer("alice", device));
    }

    [Fact]
    public void A_forged_token_is_none()
    {
        Fail("alice", TestLimits.Login.FreeFailures, device: new byte[48]);
        Assert.NotEmpty(FirstAnswer("alice", new byte[48]));
    }
}
