using ActorNet.Protocol.Auth;
using ActorNet.Server.Auth;
using ActorNet.Server.Tests.Connections;
using Akka.Actor;

namespace ActorNet.Server.Tests.Auth;

public sealed class AccountsActorTests : ActorSpec
{
    private readonly IActorRef _accounts;

    public AccountsActorTests()
    {
        var keys = new Dictionary<string, byte[]> { [ConnectionBench.Account] = ConnectionBench.Key };
        _accounts = Sys.ActorOf(Props.Create(() => new AccountsActor(keys)));
    }

    private AccountKey Find(string account)
    {
        _accounts.Tell(new FindAccountKey(account));
        return ExpectMsg<AccountKey>();
    }

    [Fact]
    public void A_known_account_has_its_key()
    {
        var answer = Find(ConnectionBench.Account);
        Assert.True(answer.IsKnown);
        Assert.Equal(ConnectionBench.Key, answer.Key.ToArray());
    }

    [Fact]
    public void An_unknown_account_has_a_key_of_the_same_length_that_is_the_same_each_time()
    {
        var answer = Find("nobody");
        Assert.False(answer.IsKnown);
        Assert.Equal(HmacLogin.KeyLength, answer.Key.Length);
        Assert.Equal(answer.Key.ToArray(), Find("nobody").Key.ToArray());
        Assert.NotEqual(answer.Key.ToArray(), Find("somebody").Key.ToArray());
    }

    [Fact]
    public void Names_differ_in_case() => Assert.False(Find("Alice").IsKnown);
}
