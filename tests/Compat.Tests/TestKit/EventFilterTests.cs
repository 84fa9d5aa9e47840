using System.Text.RegularExpressions;
using Akka.Actor;
using Akka.Event;
using Xunit.Sdk;

namespace ActorNet.Compat.Tests.TestKit;

public sealed class EventFilterTests : Akka.TestKit.Xunit2.TestKit
{
    static readonly TimeSpan Short = TimeSpan.FromMilliseconds(50);

    public EventFilterTests() : base("akka.loglevel = DEBUG")
    {
    }

    [Fact]
    public void Each_level_has_its_filter()
    {
        EventFilter.Error("text").ExpectOne(() => Log.Error("text"));
        EventFilter.Warning("text").ExpectOne(() => Log.Warning("text"));
        EventFilter.Info("text").ExpectOne(() => Log.Info("text"));
        EventFilter.Debug("text").ExpectOne(() => Log.Debug("text"));
        EventFilter.ForLogLevel(LogLevel.InfoLevel, "text").ExpectOne(() => Log.Info("text"));
    }

    [Fact]
    public void Text_matches_whole_by_its_start_by_a_part_or_by_a_pattern()
    {
        EventFilter.Info(message: "disk 7 is full").ExpectOne(() => Log.Info("disk {0} is full", 7));
        EventFilter.Info(start: "disk").ExpectOne(() => Log.Info("disk {0} is full", 7));
        EventFilter.Info(contains: "7 is").ExpectOne(() => Log.Info("disk {0} is full", 7));
        EventFilter.Info(new Regex("^disk [0-9]")).ExpectOne(() => Log.Info("disk {0} is full", 7));
    }

    [Fact]
    public void Another_text_does_not_match()
    {
        var failure = Assert.ThrowsAny<XunitException>(() =>
            EventFilter.Info("disk").ExpectOne(Short, () => Log.Info("disk 7 is full")));

        Assert.Contains("disk", failure.Message, StringComparison.Ordinal);
        Assert.Contains("0", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Source_of_an_actor_is_its_path()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Logging()), "logging");

        EventFilter.Info("hello", source: "/user/logging").ExpectOne(() => actor.Tell("hello"));
        Assert.ThrowsAny<XunitException>(() =>
            EventFilter.Info("hello", source: "/user/other").ExpectOne(Short, () => actor.Tell("hello")));
    }

    [Fact]
    public void Exception_of_a_failing_actor_matches_by_type_and_text()
    {
        var actor = Sys.ActorOf(Props.Create(() => new Logging()));

        EventFilter.Exception<InvalidOperationException>().ExpectOne(() => actor.Tell(1));
        EventFilter.Exception<InvalidOperationException>(contains: "broken").ExpectOne(() => actor.Tell(2));
        Assert.ThrowsAny<XunitException>(() =>
            EventFilter.Exception<ArgumentException>().ExpectOne(Short, () => actor.Tell(3)));
    }

    [Fact]
    public void Inner_exceptions_count_when_asked_for()
    {
        var outer = new InvalidOperationException("outer", new ArgumentException("inner"));

        EventFilter.Exception(typeof(ArgumentException), checkInnerExceptions: true).ExpectOne(() =>
            Log.Error(outer, "failed"));
        Assert.ThrowsAny<XunitException>(() =>
            EventFilter.Exception(typeof(ArgumentException)).ExpectOne(Short, () => Log.Error(outer, "failed")));
    }

    [Fact]
    public void Dead_letters_match_by_type_and_content()
    {
        EventFilter.DeadLetter().ExpectOne(() => Sys.DeadLetters.Tell("lost"));
        EventFilter.DeadLetter<string>().ExpectOne(() => Sys.DeadLetters.Tell("lost"));
        EventFilter.DeadLetter<string>(text => text == "lost").ExpectOne(() => Sys.DeadLetters.Tell("lost"));
        Assert.ThrowsAny<XunitException>(() =>
            EventFilter.DeadLetter<int>().ExpectOne(Short, () => Sys.DeadLetters.Tell("lost")));
    }

    [Fact]
    public void Custom_filter_looks_at_the_event_itself()
    {
        EventFilter.Custom<Warning>(warning => warning.LogClass == GetType()).ExpectOne(() => Log.Warning("anything"));
        EventFilter.Custom(logEvent => logEvent is Info).ExpectOne(() => Log.Info("anything"));
    }

    [Fact]
    public void A_number_of_events_can_be_expected()
    {
        EventFilter.Info("again").Expect(2, () =>
        {
            Log.Info("again");
            Log.Info("again");
        });
    }

    [Fact]
    public void Too_many_fail()
    {
        var failure = Assert.ThrowsAny<XunitException>(() => EventFilter.Info(start: "again").Expect(1, () =>
        {
            Log.Info("again 1");
            Log.Info("again 2");
            // the marker is behind the two in the logger's mailbox
            EventFilter.Info("marker").ExpectOne(() => Log.Info("marker"));
        }));

        Assert.Contains("too many", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void None_can_be_expected()
    {
        EventFilter.Error().Expect(0, Short, () => Log.Info("fine"));
        Assert.ThrowsAny<XunitException>(() => EventFilter.Error().Expect(0, Short, () =>
        {
            Log.Error("not fine");
            // Errors are told in their order: once one that counts for another filter is counted, so is this.
            EventFilter.Warning("after it").ExpectOne(() => Log.Warning("after it"));
        }));
    }

    [Fact]
    public void Filters_joined_by_And_count_together()
    {
        EventFilter.Info("one").And.Warning("two").Expect(2, () =>
        {
            Log.Info("one");
            Log.Warning("two");
        });
    }

    [Fact]
    public void The_result_of_the_function_is_returned()
    {
        Assert.Equal(7, EventFilter.Info("seven").ExpectOne(() =>
        {
            Log.Info("seven");
            return 7;
        }));
    }

    [Fact]
    public void What_the_action_throws_comes_through()
    {
        Assert.Throws<InvalidTimeZoneException>(() =>
            EventFilter.Info().ExpectOne(new Action(() => throw new InvalidTimeZoneException())));
    }

    [Fact]
    public async Task Async_forms_say_the_same()
    {
        await EventFilter.Info("hello").ExpectOneAsync(async () =>
        {
            await Task.Yield();
            Log.Info("hello");
        });
        await EventFilter.Info("hello").ExpectAsync(2, async () =>
        {
            Log.Info("hello");
            await Task.Yield();
            Log.Info("hello");
        });
        await Assert.ThrowsAnyAsync<XunitException>(() =>
            EventFilter.Info("hello").ExpectAsync(1, () => Task.CompletedTask, Short));
    }

    [Fact]
    public void The_first_filter_that_matches_takes_the_event()
    {
        EventFilter.Error("loud").ExpectOne(() =>
        {
            using (EventFilter.Error().Mute())
                Log.Error("loud");
        });
        using (EventFilter.Error().Mute())
        {
            Assert.ThrowsAny<XunitException>(() =>
                EventFilter.Error("loud").ExpectOne(Short, () => Log.Error("loud")));
        }
        EventFilter.Error("loud").ExpectOne(() => Log.Error("loud"));
    }

    [Fact]
    public void Mute_expects_nothing_and_returns_the_result()
    {
        Assert.Equal(7, EventFilter.Error().Mute(() => 7));
        EventFilter.Error().Mute(() => Log.Error("loud"));
    }

    sealed class Logging : ReceiveActor
    {
        public Logging()
        {
            Receive<string>(text => Context.GetLogger().Info(text));
            Receive<int>(_ => throw new InvalidOperationException("broken"));
        }
    }
}
