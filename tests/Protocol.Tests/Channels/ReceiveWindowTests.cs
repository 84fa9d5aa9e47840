using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Tests.Support;
using FsCheck.Fluent;

namespace ActorNet.Protocol.Tests.Channels;

public sealed class ReceiveWindowTests
{
    [Fact]
    public void Everything_granted_may_come_and_not_a_byte_more()
    {
        var window = new ReceiveWindow(7, 100, 100);
        window.Receive(99);
        window.Receive(1);

        var violation = Assert.Throws<ProtocolViolationException>(() => window.Receive(1));

        Assert.Equal(ErrorCode.ProtocolViolation, violation.Code);
        Assert.Equal("Channel 7 received 1 bytes with 0 left in its window of 100.", violation.Message);
        Assert.Equal(100, window.Held);
    }

    [Fact]
    public void A_grant_waits_until_half_the_window_is_consumed()
    {
        var window = new ReceiveWindow(1, 100, 100);
        window.Receive(100);

        Assert.Equal(0u, window.Consume(49));
        Assert.Equal(50u, window.Consume(1));
        Assert.Equal(0u, window.Consume(49));
        Assert.Equal(1, window.Held);
        Assert.Equal(50u, window.Consume(1));
        Assert.Equal(0, window.Held);
    }

    [Fact]
    public void A_receiver_that_keeps_up_doubles_the_window_up_to_its_maximum()
    {
        var window = new ReceiveWindow(1, 100, 350);

        Assert.Equal(150u, ReceiveAndConsume(window, 50)); // 200
        Assert.Equal(250u, ReceiveAndConsume(window, 100)); // 350
        Assert.Equal(175u, ReceiveAndConsume(window, 175));
    }

    [Fact]
    public void A_receiver_that_holds_more_than_a_quarter_does_not_grow()
    {
        var window = new ReceiveWindow(1, 100, 1_000);
        window.Receive(76);

        Assert.Equal(50u, window.Consume(50)); // 26 are held
        window.Receive(50);
        Assert.Equal(151u, window.Consume(51)); // 25 are held
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, int.MaxValue)]
    [InlineData(int.MaxValue, int.MaxValue)]
    [InlineData((1 << 30) + 1, int.MaxValue)]
    public void The_smallest_and_the_largest_window_work(int initial, int maximum)
    {
        var window = new ReceiveWindow(1, initial, maximum);
        var sender = new SendWindow(1, (uint)initial);
        for (var round = 0; round < 100; round++)
        {
            var bytes = sender.Available;
            Assert.InRange(bytes, 1, maximum);
            sender.Spend(bytes);
            window.Receive(bytes);
            sender.Grow(window.Consume(bytes));
        }

        Assert.Equal(0, window.Held);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    public void A_window_of_nothing_or_beyond_its_maximum_is_refused(int initial, int maximum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReceiveWindow(1, initial, maximum));

    [Fact]
    public void What_never_came_cannot_be_consumed()
    {
        var window = new ReceiveWindow(1, 100, 100);
        window.Receive(10);
        window.Consume(4);

        Assert.Throws<ArgumentOutOfRangeException>(() => window.Consume(7));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Consume(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => window.Receive(-1));
        Assert.Equal(0u, window.Consume(6));
        Assert.Equal(0, window.Held);
    }

    [Fact]
    public void Sender_and_receiver_agree_whatever_they_do() =>
        Property.Holds(
            from initial in Gen.Choose(1, 200)
            from growth in Gen.Choose(0, 2_000)
            from steps in Gen.Choose(-300, 300).ListOf()
            select (Initial: initial, Maximum: initial + growth, Steps: steps),
            run =>
            {
                var receiver = new ReceiveWindow(1, run.Initial, run.Maximum);
                var sender = new SendWindow(1, (uint)run.Initial);
                long sent = 0, consumed = 0, granted = 0;
                foreach (var step in run.Steps)
                {
                    if (step > 0)
                    {
                        var bytes = Math.Min(step, sender.Available);
                        sender.Spend(bytes);
                        receiver.Receive(bytes);
                        sent += bytes;
                    }
                    else
                    {
                        var bytes = Math.Min(-step, receiver.Held);
                        var grant = receiver.Consume(bytes);
                        sender.Grow(grant);
                        consumed += bytes;
                        granted += grant;
                    }

                    Assert.Equal(sent - consumed, receiver.Held);
                    Assert.Equal(run.Initial + granted - sent, sender.Available); // never negative: Available is checked by Spend
                    Assert.InRange(run.Initial + granted - consumed, 1, run.Maximum); // what the receiver may have to hold
                    Assert.True(granted <= consumed + (run.Maximum - run.Initial), "granted beyond what was consumed and the growth");
                }
            },
            2_000);

    [Fact]
    public void When_all_is_consumed_a_message_of_half_the_initial_window_can_always_be_sent() =>
        Property.Holds(
            from initial in Gen.Choose(1, 200)
            from growth in Gen.Choose(0, 2_000)
            from sizes in Gen.Choose(1, 200).ListOf()
            select (Initial: initial, Maximum: initial + growth, Sizes: sizes),
            run =>
            {
                var receiver = new ReceiveWindow(1, run.Initial, run.Maximum);
                var sender = new SendWindow(1, (uint)run.Initial);
                foreach (var size in run.Sizes)
                {
                    var message = Math.Min(size, (run.Initial + 1) / 2);
                    sender.Spend(message); // throws if it could not be sent
                    receiver.Receive(message);
                    sender.Grow(receiver.Consume(message));
                }
            },
            2_000);

    private static uint ReceiveAndConsume(ReceiveWindow window, int bytes)
    {
        window.Receive(bytes);
        return window.Consume(bytes);
    }
}
