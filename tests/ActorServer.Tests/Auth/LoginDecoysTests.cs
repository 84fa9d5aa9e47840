using ActorNet.Server.Auth;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Tests.Auth;

public sealed class LoginDecoysTests
{
    private const int Before = 100_000;
    private const int Now = 600_000;

    private static readonly string[] Strangers = [.. Enumerable.Range(0, 1000).Select(i => $"stranger-{i}")];

    private static Account WithIterations(string name, int iterations) => TestAccounts.Bob with
    {
        Name = name,
        Password = TestAccounts.BobsPassword.Credential with { Iterations = iterations },
    };

    [Fact]
    public void While_all_passwords_are_from_before_a_change_of_the_setting_decoys_are_too()
    {
        var decoys = new LoginDecoys(TestAccounts.Book(WithIterations("ann", Before)), Now);
        Assert.All(Strangers, name => Assert.Equal(Before, decoys.Password(name).Iterations));
    }

    [Fact]
    public void Iterations_are_as_common_among_decoys_as_among_passwords()
    {
        var decoys = new LoginDecoys(
            TestAccounts.Book([WithIterations("old", Before), .. Enumerable.Range(0, 3).Select(i => WithIterations($"new-{i}", Now))]), Now);
        Assert.InRange(Strangers.Count(name => decoys.Password(name).Iterations == Before), 200, 300);
    }

    [Fact]
    public void A_decoy_changes_its_iterations_with_its_salt_or_not_at_all()
    {
        var all = new LoginDecoys(TestAccounts.Book(WithIterations("ann", Before), WithIterations("bob", Before)), Now);
        var half = new LoginDecoys(TestAccounts.Book(WithIterations("ann", Before), WithIterations("bob", Now)), Now);
        Assert.All(Strangers, name => Assert.Equal(
            all.Password(name).Iterations == half.Password(name).Iterations,
            all.Password(name).Salt.SequenceEqual(half.Password(name).Salt)));
    }

    [Fact]
    public void Without_any_password_they_are_those_of_the_next_one()
    {
        var decoys = new LoginDecoys(TestAccounts.Book(TestAccounts.Bob with { Password = null }), Now);
        Assert.Equal(Now, decoys.Password("nobody").Iterations);
    }
}
