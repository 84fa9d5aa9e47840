using ActorNet.Server.Auth;

namespace ActorNet.Server.Tests.Auth;

public sealed class DeviceTokensTests
{
    private static readonly byte[] Salt = TestAccounts.AlicesPassword.Credential.Salt;

    private readonly DeviceTokens _tokens = new(TestAccounts.Secret);

    [Fact]
    public void A_token_is_known_again_over_restarts_by_the_account_it_was_given_to()
    {
        var token = _tokens.Issue("alice", Salt);
        var device = _tokens.Find("alice", Salt, token);
        Assert.NotNull(device);
        Assert.Equal(device, new DeviceTokens(TestAccounts.Secret).Find("alice", Salt, token));
        Assert.Null(_tokens.Find("bob", Salt, token));
        Assert.Null(new DeviceTokens(new byte[32]).Find("alice", Salt, token));
    }

    [Fact]
    public void A_token_is_good_for_one_password()
    {
        var token = _tokens.Issue("alice", Salt);
        Assert.Null(_tokens.Find("alice", TestAccounts.BobsPassword.Credential.Salt, token));
    }

    [Fact]
    public void Every_device_has_its_own()
    {
        var (first, second) = (_tokens.Issue("alice", Salt), _tokens.Issue("alice", Salt));
        Assert.NotEqual(_tokens.Find("alice", Salt, first), _tokens.Find("alice", Salt, second));
    }

    [Fact]
    public void What_was_changed_anywhere_is_none()
    {
        var token = _tokens.Issue("alice", Salt);
        for (var i = 0; i < token.Length; i++)
        {
            var changed = token.ToArray();
            changed[i] ^= 1;
            Assert.Null(_tokens.Find("alice", Salt, changed));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(47)]
    [InlineData(49)]
    [InlineData(5000)]
    public void What_has_another_length_is_none(int length) => Assert.Null(_tokens.Find("alice", Salt, new byte[length]));

    [Fact]
    public void No_token_is_none() => Assert.Null(_tokens.Find("alice", Salt, null));

    [Fact]
    public void Tokens_and_decoys_have_keys_of_their_own()
    {
        // Were the keys the same, what is told to strangers as a salt could be made into a token, or the other way round.
        var tag = _tokens.Issue("alice", Salt)[16..];
        var decoy = new LoginDecoys(TestAccounts.Book(), 4096).Password("alice");
        Assert.NotEqual(decoy.Salt, tag[..16]);
        Assert.NotEqual(decoy.StoredKey, tag);
    }
}
