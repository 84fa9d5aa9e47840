using System.Collections.Concurrent;
using System.Text.Json;
using ActorNet.Server.Audit;
using ActorNet.Server.Tests.Chat;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;

namespace ActorNet.Server.Tests.Audit;

public sealed class AuditActorTests : TestKit
{
    private readonly AuditFolder _folder = new();
    private readonly ManualTime _time = new();

    // Each write takes one of these: null writes, else it fails for that reason. None left: writes.
    private readonly ConcurrentQueue<Exception?> _faults = new();
    private readonly ManualResetEventSlim _mayWrite = new(true);
    private volatile string? _outage;

    public AuditActorTests() : base("""
        akka.loglevel = INFO
        akka.stdout-loglevel = OFF
        akka.scheduler.implementation = "Akka.TestKit.TestScheduler, Akka.TestKit"
        akka.test.single-expect-default = 10s
        actornet.audit-dispatcher {
          type = Dispatcher
          executor = fork-join-executor
          throughput = 1
          fork-join-executor { parallelism-min = 1, parallelism-factor = 1.0, parallelism-max = 1 }
        }
        """)
    {
    }

    private TestScheduler Clock => (TestScheduler)Sys.Scheduler;

    [Fact]
    public void The_first_record_of_a_run_is_its_start_and_the_last_its_end()
    {
        var audit = Start();
        audit.Tell(new Note(Event("one")));

        Stop(audit);

        Assert.Equal(["node.start", "one", "node.stop"], Acts());
        Assert.All(Records(), record => Assert.Equal("0a1b2c3d", record.GetProperty("run").GetString()));
        Assert.All(Records(), record => Assert.Equal("2026-01-02T03:04:05.000Z", record.GetProperty("time").GetString()));
        Verified.Whole(_folder, 3);
    }

    [Fact]
    public void What_must_be_noted_first_is_in_the_log_when_it_is_answered()
    {
        var audit = Start();

        audit.Tell(new NoteFirst(Event("one"), "tag"), TestActor);

        Assert.Equal("tag", ExpectMsg<Noted>().Tag);
        Assert.Equal(["node.start", "one"], Acts());
    }

    [Fact]
    public void What_comes_during_a_write_is_one_write_in_its_order()
    {
        var writes = 0;
        var audit = Start(write: (file, bytes) =>
        {
            _mayWrite.Wait();
            Interlocked.Increment(ref writes);
            file.Write(bytes);
        });
        Noted(audit, "first");
        var before = writes;
        _mayWrite.Reset();
        for (var i = 0; i < 100; i++) audit.Tell(new Note(Event($"e{i}")));
        audit.Tell(new NoteFirst(Event("last")), TestActor);
        Settle(audit);
        _mayWrite.Set();

        ExpectMsg<Noted>();

        Assert.InRange(writes - before, 1, 2);
        Assert.Equal([.. Enumerable.Range(0, 100).Select(i => $"e{i}"), "last"], Acts()[2..]);
    }

    [Fact]
    public void While_nothing_can_be_written_acts_are_refused_and_notes_kept()
    {
        var audit = Start();
        Noted(audit, "first");
        _outage = "no space left";

        EventFilter.Error(contains: "Until it can, \"what must be recorded first is refused\"").ExpectOne(() =>
        {
            audit.Tell(new Note(Event("kept")));
            audit.Tell(new NoteFirst(Event("refused"), 1), TestActor);
            Assert.Equal(1, ExpectMsg<NotNoted>().Tag);
            audit.Tell(new NoteFirst(Event("refused"), 2), TestActor);
            Assert.Equal(2, ExpectMsg<NotNoted>().Tag);
        });
        Assert.Equal(["node.start", "first"], Acts());
        _time.Advance(TimeSpan.FromMinutes(1));
        _outage = null;
        EventFilter.Info(contains: "0 events are not in it, 2 acts were refused").ExpectOne(() =>
        {
            audit.Tell(new NoteFirst(Event("done"), 3), TestActor);
            Assert.Equal(3, ExpectMsg<Noted>().Tag);
        });

        Assert.Equal(["node.start", "first", "kept", "done", "audit.gap"], Acts());
        var gap = Records()[^1].GetProperty("details");
        Assert.Equal("2026-01-02T03:04:05.000Z", gap.GetProperty("since").GetString());
        Assert.Equal("0", gap.GetProperty("lost").GetString());
        Assert.Equal("2", gap.GetProperty("refused").GetString());
        Verified.Whole(_folder, 5);
    }

    [Fact]
    public void Without_any_event_it_is_tried_again_after_the_retry_interval()
    {
        var audit = Start();
        Noted(audit, "first");
        _outage = "no space left";
        audit.Tell(new Note(Event("kept")));
        audit.Tell(new NoteFirst(Event("refused")), TestActor);
        ExpectMsg<NotNoted>();
        Settle(audit);
        _outage = null;

        EventFilter.Info(contains: "is written again").ExpectOne(() => Clock.Advance(TimeSpan.FromSeconds(1)));

        Assert.Equal(["node.start", "first", "kept", "audit.gap"], Acts());
    }

    [Fact]
    public void Under_continue_nothing_waits_and_what_found_room_is_recorded_later()
    {
        _outage = "no space left";
        var audit = Start(AuditFolder.Usual with { RefusesOnFailure = false });

        EventFilter.Error(contains: "all goes on and may not be recorded").ExpectOne(() =>
        {
            audit.Tell(new NoteFirst(Event("done"), 1), TestActor);
            Assert.Equal(1, ExpectMsg<Noted>().Tag);
        });
        _outage = null;
        // A write that began before is still to fail.
        do audit.Tell(StopAudit.Instance, TestActor);
        while (ExpectMsg<object>() is NotNoted);

        Assert.Equal(["audit.gap", "done", "node.start", "node.stop"], Acts().Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_has_no_room_to_wait_is_counted(bool refuses)
    {
        var settings = AuditFolder.Usual with { RefusesOnFailure = refuses };
        var audit = Start(settings, (file, bytes) =>
        {
            _mayWrite.Wait();
            file.Write(bytes);
        });
        _mayWrite.Reset();
        var large = new AuditEvent("large", AuditEvent.Ok) { Details = [.. Enumerable.Range(0, 12).Select(i => KeyValuePair.Create($"d{i}", new string('x', 1000)))] };
        EventFilter.Error(contains: "more waits to be written than actornet.audit.max-pending").ExpectOne(() =>
        {
            for (var i = 0; i < 100; i++) audit.Tell(new Note(large));
            for (var i = 0; i < 3; i++) audit.Tell(new NoteFirst(large, i), TestActor);
            for (var i = 0; i < 3; i++) Assert.Equal(i, refuses ? ExpectMsg<NotNoted>().Tag : ExpectMsg<Noted>().Tag);
        });

        EventFilter.Info(contains: "is written again").ExpectOne(_mayWrite.Set);
        Stop(audit);

        var written = Acts().Count(act => act == "large");
        Assert.InRange(written, 80, 90);
        var gap = Records().Single(record => record.GetProperty("act").GetString() == "audit.gap").GetProperty("details");
        Assert.Equal($"{100 - written + (refuses ? 0 : 3)}", gap.GetProperty("lost").GetString());
        Assert.Equal(refuses ? "3" : "0", gap.GetProperty("refused").GetString());
        Verified.Is(_folder, 0);
    }

    [Fact]
    public void A_log_that_cannot_be_opened_is_an_outage_that_ends_when_it_can()
    {
        Directory.CreateDirectory(_folder.First);
        var audit = Start();
        audit.Tell(new NoteFirst(Event("refused")), TestActor);
        ExpectMsg<NotNoted>();
        Directory.Delete(_folder.First);

        audit.Tell(new NoteFirst(Event("done")), TestActor);
        ExpectMsg<Noted>();

        Assert.Equal(["node.start", "done", "audit.gap"], Acts());
    }

    [Fact]
    public void A_fault_that_nobody_foresaw_costs_a_new_writer_and_no_record()
    {
        var audit = Start();
        Noted(audit, "first");
        _faults.Enqueue(new InvalidOperationException("not foreseen"));

        EventFilter.Error(contains: "its writer failed").ExpectOne(() => audit.Tell(new Note(Event("kept"))));
        Stop(audit);

        Assert.Equal(["node.start", "first", "kept", "node.stop", "audit.gap"], Acts());
        Verified.Whole(_folder, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void While_a_write_hangs_acts_are_refused_and_a_gap_behind_it_says_so(bool fails)
    {
        var writing = CreateTestProbe();
        var audit = Start(write: (file, bytes) =>
        {
            if (!_mayWrite.IsSet) writing.Tell("hangs");
            _mayWrite.Wait();
            Write(file, bytes);
        });
        Noted(audit, "first");
        _mayWrite.Reset();
        audit.Tell(new NoteFirst(Event("hangs"), 1), TestActor);
        writing.ExpectMsg("hangs");
        audit.Tell(new NoteFirst(Event("behind"), 2), TestActor);
        audit.Tell(new Note(Event("kept")));
        Settle(audit);

        Clock.Advance(AuditFolder.Usual.WriteTimeout - TimeSpan.FromMilliseconds(1));
        Settle(audit);
        Assert.False(HasMessages);
        EventFilter.Error(contains: "a write takes longer than 5 s (actornet.audit.write-timeout)")
            .ExpectOne(() => Clock.Advance(TimeSpan.FromMilliseconds(1)));
        Assert.Equal([1, 2], [ExpectMsg<NotNoted>().Tag, ExpectMsg<NotNoted>().Tag]);
        audit.Tell(new NoteFirst(Event("late"), 3), TestActor);
        Assert.Equal(3, ExpectMsg<NotNoted>().Tag);

        if (fails) _faults.Enqueue(new IOException("no space left"));
        _mayWrite.Set();
        AwaitCondition(() =>
        {
            Clock.Advance(AuditFolder.Usual.RetryInterval);
            return Acts().Contains("audit.gap");
        });
        Noted(audit, "next");

        string[] hung = fails ? [] : ["hangs"];
        Assert.Equal(["node.start", "first", .. hung, "kept", "audit.gap", "next"], Acts());
        var gap = Records().Single(record => record.GetProperty("act").GetString() == "audit.gap").GetProperty("details");
        Assert.Equal("3", gap.GetProperty("refused").GetString());
        Verified.Is(_folder, 0);
    }

    [Fact]
    public void When_audit_fails_whoever_waits_for_it_is_refused()
    {
        var hanging = CreateTestProbe();
        var audit = Start(write: (file, bytes) =>
        {
            if (!_mayWrite.IsSet) hanging.Tell("hangs");
            _mayWrite.Wait();
            file.Write(bytes);
        });
        Noted(audit, "first");
        _mayWrite.Reset();
        audit.Tell(new NoteFirst(Event("hangs"), 1), TestActor);
        hanging.ExpectMsg("hangs");

        EventFilter.Exception<NullReferenceException>().ExpectOne(() => audit.Tell(new NoteFirst(null!, 2), TestActor));

        Assert.Equal([1, 2], [ExpectMsg<NotNoted>().Tag, ExpectMsg<NotNoted>().Tag]);
        _mayWrite.Set();
    }

    [Fact]
    public void Old_files_that_cannot_be_deleted_are_told_and_the_log_goes_on()
    {
        var moved = false;
        var elsewhere = $"{_folder.Path}-elsewhere";
        var audit = Start(AuditFolder.Usual with { FileSize = 750, FilesKept = 2 }, (file, bytes) =>
        {
            file.Write(bytes);
            // Between the write that begins the third file and the look at what is too many.
            if (_folder.Names.Length > 2 && !moved) Directory.Move(_folder.Path, elsewhere);
            moved |= Directory.Exists(elsewhere);
        });

        EventFilter.Warning(contains: "cannot be deleted").ExpectOne(() =>
        {
            while (Directory.Exists(_folder.Path)) Noted(audit, "event");
        });
        Directory.Move(elsewhere, _folder.Path);
        Stop(audit);

        Verified.Is(_folder, 0);
    }

    [Fact]
    public void A_torn_end_is_cut_off_and_told()
    {
        _folder.Fill(2);
        File.AppendAllText(_folder.First, "{\"seq\":3");

        EventFilter.Warning(contains: "its last 8 bytes are in").ExpectOne(() => Stop(Start()));

        Assert.Equal(["test", "test", "node.start", "audit.recovered", "node.stop"], Acts());
        var details = Records()[3].GetProperty("details");
        Assert.Equal("8", details.GetProperty("bytes").GetString());
        Verified.Whole(_folder, 5);
    }

    [Fact]
    public void A_log_that_was_changed_is_told_and_gone_on_with()
    {
        _folder.Fill(2);
        File.WriteAllText(_folder.First, File.ReadAllText(_folder.First).Replace("alice", "alicf", StringComparison.Ordinal));

        EventFilter.Error(contains: "audit-000001.jsonl:1: changed").ExpectOne(() => Stop(Start()));

        Assert.Equal(["test", "test", "node.start", "audit.broken", "node.stop"], Acts());
        Assert.Equal(3, Records()[2].GetProperty("seq").GetInt64());
    }

    [Fact]
    public void An_old_file_that_is_deleted_is_told()
    {
        var audit = Start(AuditFolder.Usual with { FileSize = 750, FilesKept = 2 });
        for (var i = 0; i < 10; i++) Noted(audit, $"e{i}");

        Stop(audit);

        Assert.Contains("audit.delete", Acts());
        Assert.Equal(2, _folder.Names.Length);
        Verified.Is(_folder, 0);
    }

    [Fact]
    public void A_hundred_thousand_events_are_in_the_log()
    {
        var audit = Start(AuditFolder.Usual with { MaxPending = 64 * 1024 * 1024 });
        for (var i = 0; i < 100_000; i++) audit.Tell(new Note(Event("event")));

        Stop(audit);

        Verified.Whole(_folder, 100_002);
    }

    protected override void AfterAll()
    {
        _mayWrite.Set();
        base.AfterAll();
        _folder.Dispose();
        _mayWrite.Dispose();
    }

    private IActorRef Start(AuditSettings? settings = null, WriteToFile? write = null) => Sys.ActorOf(AuditActor.Props(
        settings ?? AuditFolder.Usual, _folder.Path, "0a1b2c3d", Event("node.start"), _time, write ?? Write));

    private void Write(FileStream file, ReadOnlySpan<byte> bytes)
    {
        if (_faults.TryDequeue(out var fault) && fault is not null) throw fault;
        if (_outage is { } reason) throw new IOException(reason);
        file.Write(bytes);
    }

    private void Noted(IActorRef audit, string act)
    {
        audit.Tell(new NoteFirst(Event(act)), TestActor);
        ExpectMsg<Noted>();
    }

    private void Stop(IActorRef audit)
    {
        audit.Tell(StopAudit.Instance, TestActor);
        ExpectMsg<Noted>();
    }

    private void Settle(IActorRef actor)
    {
        var probe = CreateTestProbe();
        probe.Send(actor, new Identify(null));
        probe.ExpectMsg<ActorIdentity>();
    }

    private static AuditEvent Event(string act) => new(act, AuditEvent.Ok);

    private JsonElement[] Records() => [.. _folder.Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    private string[] Acts() => [.. Records().Select(record => record.GetProperty("act").GetString()!)];
}
