using Akka.Actor;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class ExpectManyTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Any_of_several_will_do()
    {
        TestActor.Tell("b");
        TestActor.Tell("d");

        Assert.Equal("b", ExpectMsgAnyOf(new[] { "a", "b", "c" }));
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsgAnyOf(new[] { "a", "b", "c" }));

        Assert.Contains("d", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_several_may_come_in_any_order()
    {
        foreach (var text in new[] { "c", "a", "b" })
            TestActor.Tell(text);

        Assert.Equal(["a", "b", "c"], ExpectMsgAllOf("a", "b", "c").Order());
    }

    [Fact]
    public void All_of_several_fails_with_what_is_missing_and_what_came_instead()
    {
        TestActor.Tell("wanted");
        TestActor.Tell("stranger");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(Short, "wanted", "missing"));

        Assert.Contains("missing", failure.Message, StringComparison.Ordinal);
        Assert.Contains("stranger", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_of_several_fails_when_one_does_not_come()
    {
        TestActor.Tell("a");

        Assert.ThrowsAny<XunitException>(() => ExpectMsgAllOf(Short, "a", "b"));
    }

    [Fact]
    public async Task All_of_several_can_be_awaited()
    {
        TestActor.Tell("b");
        TestActor.Tell("a");
        var received = new List<string>();

        await foreach (var message in ExpectMsgAllOfAsync(["a", "b"]))
            received.Add(message);

        Assert.Equal(["b", "a"], received);
    }

    [Fact]
    public void From_a_sender_with_and_without_a_message()
    {
        var probe = CreateTestProbe();
        foreach (var number in new[] { 1, 2, 3, 4 })
            probe.Send(TestActor, number);

        Assert.Equal(1, ExpectMsgFrom<int>(probe.Ref));
        ExpectMsgFrom(probe.Ref, 2);
        ExpectMsgFrom<int>(probe.Ref, number => number == 3);
        ExpectMsgFrom<int>(sender => Assert.Equal(probe.Ref, sender), number => Assert.Equal(4, number));
    }

    [Fact]
    public void From_another_sender_fails_with_who_it_was()
    {
        var (expected, other) = (CreateTestProbe("expected-one"), CreateTestProbe("other-one"));
        other.Send(TestActor, "hello");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsgFrom(expected.Ref, "hello"));

        Assert.Contains("other-one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_message_is_as_expected_until_one_comes()
    {
        ExpectNoMsg(Short);
        ExpectNoMsg(5);
        TestActor.Tell("surprise");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectNoMsg(Short));

        Assert.Contains("surprise", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_message_can_be_awaited()
    {
        await ExpectNoMsgAsync(Short);
        await ExpectNoMsgAsync(5);
        var silence = ExpectNoMsgAsync(TimeSpan.FromMinutes(1)).AsTask();
        TestActor.Tell("surprise");

        await Assert.ThrowsAnyAsync<XunitException>(() => silence);
    }
}
