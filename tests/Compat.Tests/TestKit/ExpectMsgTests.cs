using Akka.Actor;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class ExpectMsgTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Returns_the_next_message_of_the_type()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", ExpectMsg<string>());
    }

    [Fact]
    public void What_was_told_is_there_when_Tell_returns()
    {
        TestActor.Tell("hello");

        Assert.True(HasMessages);
        Assert.Equal("hello", ExpectMsg<string>(TimeSpan.Zero));
        Assert.False(HasMessages);
    }

    [Fact]
    public void Takes_messages_in_the_order_of_their_arrival()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);

        ExpectMsg(1);
        ExpectMsg(2);
    }

    [Fact]
    public void A_derived_message_is_one_of_its_base_type()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", ExpectMsg<object>());
    }

    [Fact]
    public void Compares_collections_by_their_elements()
    {
        TestActor.Tell(new[] { 1, 2 });

        ExpectMsg(new[] { 1, 2 });
    }

    [Fact]
    public void Timeout_names_the_type_that_did_not_come()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<Version>(Short, "the hint"));

        Assert.Contains("Timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.Version", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the hint", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_type_fails_with_what_was_received_instead_and_from_whom()
    {
        TestActor.Tell("surprise {0}");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>());

        Assert.Contains("System.Int32", failure.Message, StringComparison.Ordinal);
        Assert.Contains("surprise {0}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", failure.Message, StringComparison.Ordinal);
        Assert.Contains(TestActor.Path.Name, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_value_fails_with_both()
    {
        TestActor.Tell("actual");

        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg("expected"));

        Assert.Contains("expected", failure.Message, StringComparison.Ordinal);
        Assert.Contains("actual", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predicate_decides_and_its_failure_names_the_message()
    {
        TestActor.Tell(7);
        TestActor.Tell(8);

        Assert.Equal(7, ExpectMsg<int>(number => number == 7));
        var failure = Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => number == 7));

        Assert.Contains("8", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assertion_runs_on_the_message()
    {
        TestActor.Tell(7);
        TestActor.Tell(8);

        ExpectMsg<int>(number => Assert.Equal(7, number));
        Assert.ThrowsAny<XunitException>(() => ExpectMsg<int>(number => Assert.Equal(7, number)));
    }

    [Fact]
    public void Sender_can_be_looked_at_too()
    {
        var probe = CreateTestProbe();
        probe.Send(TestActor, "hello");
        probe.Send(TestActor, "again");

        ExpectMsg<string>((message, sender) => message == "hello" && sender.Equals(probe.Ref));
        ExpectMsg<string>((message, sender) => Assert.Equal(("again", probe.Ref), (message, sender)));
        Assert.Equal(probe.Ref, LastSender);
        Assert.Equal("again", LastMessage);
    }

    [Fact]
    public void Comparer_decides()
    {
        TestActor.Tell("HELLO");
        TestActor.Tell("other");

        ExpectMsg("hello", (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
        Assert.ThrowsAny<XunitException>(() =>
            ExpectMsg("hello", (a, b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase)));
    }

    [Fact]
    public async Task Async_forms_say_the_same()
    {
        TestActor.Tell(1);
        TestActor.Tell(2);
        TestActor.Tell(3);
        TestActor.Tell("surprise");

        Assert.Equal(1, await ExpectMsgAsync<int>());
        Assert.Equal(2, await ExpectMsgAsync(2));
        Assert.Equal(3, await ExpectMsgAsync<int>(number => number == 3));
        var failure = await Assert.ThrowsAnyAsync<XunitException>(() => ExpectMsgAsync<int>().AsTask());
        Assert.Contains("surprise", failure.Message, StringComparison.Ordinal);
        failure = await Assert.ThrowsAnyAsync<XunitException>(() => ExpectMsgAsync<int>(Short).AsTask());
        Assert.Contains("Timeout", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Async_wait_ends_with_the_message()
    {
        var expected = ExpectMsgAsync<string>();
        Assert.False(expected.IsCompleted);

        TestActor.Tell("hello");

        Assert.Equal("hello", await expected);
    }
}
