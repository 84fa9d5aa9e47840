using System.Collections;
using Akka.Actor;
using Akka.TestKit;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class ReceiveTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void ReceiveOne_returns_the_next_message_or_null()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", ReceiveOne(Short));
        Assert.Null(ReceiveOne(Short));
        Assert.Null(ReceiveOne(TimeSpan.Zero));
        Assert.Throws<IllegalActorStateException>(() => LastMessage);
        Assert.Throws<IllegalActorStateException>(() => LastSender);
    }

    [Fact]
    public async Task ReceiveOneAsync_returns_the_next_message_or_null()
    {
        TestActor.Tell("hello");

        Assert.Equal("hello", await ReceiveOneAsync(Short));
        Assert.Null(await ReceiveOneAsync(Short));
    }

    [Fact]
    public void TryReceiveOne_hands_out_the_sender_too()
    {
        TestActor.Tell("hello");

        Assert.True(TryReceiveOne(out var envelope, Short));
        Assert.Equal(("hello", TestActor), (envelope.Message, envelope.Sender));
        Assert.False(TryReceiveOne(out envelope, Short));
        Assert.Same(NullMessageEnvelope.Instance, envelope);
        Assert.Throws<IllegalActorStateException>(() => envelope.Message);
    }

    [Fact]
    public void ReceiveN_returns_so_many_in_order()
    {
        Tell(1, 2, 3);

        Assert.Equal([1, 2], ReceiveN(2).Cast<int>());
        Assert.Equal([3], ReceiveN(1, Short).Cast<int>());
    }

    [Fact]
    public void ReceiveN_fails_with_how_many_there_were()
    {
        Tell(1, 2);

        var failure = Assert.ThrowsAny<XunitException>(() => ReceiveN(7, Short));

        Assert.Contains("7", failure.Message, StringComparison.Ordinal);
        Assert.Contains("got 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReceiveNAsync_hands_out_each_as_it_comes()
    {
        Tell(1);
        var received = new List<object>();

        await foreach (var message in ReceiveNAsync(3))
        {
            received.Add(message);
            if (received.Count < 3)
                Tell(received.Count + 1);
        }

        Assert.Equal([1, 2, 3], received);
        await Assert.ThrowsAnyAsync<XunitException>(async () =>
        {
            await foreach (var _ in ReceiveNAsync(1, Short))
            {
            }
        });
    }

    [Fact]
    public void ReceiveWhile_leaves_the_first_that_does_not_fit_in_its_place()
    {
        TestActor.Tell("a");
        TestActor.Tell("b");
        TestActor.Tell(3);
        TestActor.Tell("c");

        var received = ReceiveWhile(message => message as string);

        Assert.Equal(["a", "b"], received);
        ExpectMsg(3);
        ExpectMsg("c");
    }

    [Fact]
    public void ReceiveWhile_stops_after_so_many_or_after_silence_or_in_the_end()
    {
        foreach (var text in new[] { "a", "b", "c" })
            TestActor.Tell(text);

        Assert.Equal(["a", "b"], ReceiveWhile(message => message as string, msgs: 2));
        Assert.Equal(["c"], ReceiveWhile(message => message as string, max: TimeSpan.FromSeconds(30), idle: Short));
        Assert.Empty(ReceiveWhile(message => message as string, max: Short));
    }

    [Fact]
    public void ReceiveWhile_with_a_predicate_skips_other_types_unless_told_to_stop_at_them()
    {
        void Fill()
        {
            TestActor.Tell("a");
            TestActor.Tell(1);
            TestActor.Tell("b");
            TestActor.Tell("end");
        }

        Fill();
        Assert.Equal(["a", "b"], ReceiveWhile<string>(text => text != "end"));
        ExpectMsg("end");

        Fill();
        Assert.Equal(["a"], ReceiveWhile<string>(text => text != "end", shouldIgnoreOtherMessageTypes: false));
        ExpectMsg(1);
    }

    [Fact]
    public void FishForMessage_drops_what_comes_before()
    {
        Tell(1, 2, 3, 4);

        Assert.Equal(3, FishForMessage<int>(number => number == 3));
        ExpectMsg(4);
    }

    [Fact]
    public void FishForMessage_can_keep_what_it_dropped()
    {
        var dropped = new ArrayList { "from before" };
        TestActor.Tell("other");
        Tell(2);

        Assert.Equal(2, FishForMessage<int>(_ => true, dropped));
        Assert.Equal(["other"], dropped.Cast<string>());
    }

    [Fact]
    public void FishForMessage_fails_in_the_end()
    {
        Tell(1, 2);

        var failure = Assert.ThrowsAny<XunitException>(() => FishForMessage(_ => false, Short, "the hint"));

        Assert.Contains("Timeout", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the hint", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FishForMessageAsync_waits_for_it()
    {
        var fish = FishForMessageAsync<int>(number => number == 3);
        Tell(1, 2, 3);

        Assert.Equal(3, await fish);
    }

    [Fact]
    public async Task FishUntilMessageAsync_fails_when_such_a_message_comes()
    {
        TestActor.Tell("fine");
        await FishUntilMessageAsync<int>(Short);

        Tell(1);
        await Assert.ThrowsAnyAsync<XunitException>(() => FishUntilMessageAsync<int>(Short));
    }

    [Fact]
    public async Task WaitForRadioSilenceAsync_returns_all_there_was()
    {
        Tell(1, 2);

        Assert.Equal([1, 2], (await WaitForRadioSilenceAsync(Short)).Cast<int>());
    }

    void Tell(params int[] numbers)
    {
        foreach (var number in numbers)
            TestActor.Tell(number);
    }
}
