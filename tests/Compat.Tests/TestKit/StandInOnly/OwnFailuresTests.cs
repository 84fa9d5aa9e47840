using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit.StandInOnly;

/// <summary>What the official kit (1.5.30) does not do: there a sender predicate ends in a FormatException, a barrier
/// lets those through who waited in vain, a canceled wait fails like one that timed out, and a block that ends in
/// silence is late.</summary>
public sealed class OwnFailuresTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    public OwnFailuresTests() : base("akka.test.single-expect-default = 1m")
    {
    }

    [Fact]
    public void Sender_is_held_against_a_predicate()
    {
        var (expected, other) = (CreateTestProbe("expected-one"), CreateTestProbe("other-one"));
        expected.Send(TestActor, 4);
        other.Send(TestActor, 5);

        ExpectMsgFrom<int>(sender => sender.Equals(expected.Ref), number => number == 4);
        var failure = Assert.ThrowsAny<XunitException>(() =>
            ExpectMsgFrom<int>(sender => sender.Equals(expected.Ref), number => number == 5));

        Assert.Contains("other-one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Barrier_that_one_does_not_reach_throws()
    {
        Assert.Throws<TimeoutException>(() => CreateTestBarrier(2).Await(Short));
    }

    [Fact]
    public async Task Async_wait_can_be_canceled()
    {
        using var cancellation = new CancellationTokenSource();
        var expected = ExpectMsgAsync<string>(cancellationToken: cancellation.Token).AsTask();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => expected);
    }

    [Fact]
    public void A_block_that_ends_in_silence_may_take_a_little_longer()
    {
        Within(Short, () => ExpectNoMsg());
    }
}
