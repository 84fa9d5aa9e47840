using System.Collections.Immutable;
using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Audit;

/// <summary>
/// /user/audit: owns what waits to be recorded, and what holds while it cannot be. Everyone tells it what happened; its
/// writer puts all that came during one write into the next. Ends with the node, after <see cref="StopAudit"/>.
/// </summary>
internal sealed class AuditActor : ReceiveActor, IWithTimers
{
    private readonly AuditSettings _settings;
    private readonly string _directory;
    private readonly string _run;
    private readonly TimeProvider _time;
    private readonly WriteToFile _write;
    private readonly ILoggingAdapter _log = Context.ServerLog();
    private readonly PendingRecords _pending;
    private readonly AuditOutage _outage = new();

    // The first record of the run, until the log is open.
    private PendingRecord? _start;
    private IActorRef _writer = ActorRefs.Nobody;
    private bool _isOpen;
    private bool _isWriting;
    private bool _isOverdue;
    private bool _tellsGap;

    public AuditActor(
        AuditSettings settings, string directory, string run, AuditEvent start, TimeProvider time, WriteToFile write)
    {
        (_settings, _directory, _run, _time, _write) = (settings, directory, run, time, write);
        _pending = new PendingRecords(settings.MaxPending);
        _start = new PendingRecord(BodyOf(start));
        Receive<Note>(HandleNote);
        Receive<NoteFirst>(HandleNoteFirst);
        Receive<StopAudit>(m => Add(LogEvents.NodeStopped, Sender, m));
        Receive<LogOpened>(HandleLogOpened);
        Receive<RecordsWritten>(HandleRecordsWritten);
        Receive<WriteFailed>(HandleWriteFailed);
        Receive<Retry>(_ => WriteNext());
        Receive<WriteOverdue>(HandleWriteOverdue);
        Receive<Terminated>(HandleTerminated);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>The audit of a node.</summary>
    /// <param name="settings">How.</param>
    /// <param name="directory">Where; it exists.</param>
    /// <param name="run">The run of the node, 8 hex digits: in every record.</param>
    /// <param name="start">The first record of this run.</param>
    public static Props Props(AuditSettings settings, string directory, string run, AuditEvent start) =>
        Props(settings, directory, run, start, TimeProvider.System, AuditLog.WritePlainly);

    /// <inheritdoc cref="Props(AuditSettings, string, string, AuditEvent)" />
    internal static Props Props(
        AuditSettings settings, string directory, string run, AuditEvent start, TimeProvider time, WriteToFile write) =>
        Akka.Actor.Props.Create(() => new AuditActor(settings, directory, run, start, time, write));

    private void HandleNote(Note note) => Add(note.Event, null, null);

    private void HandleNoteFirst(NoteFirst note)
    {
        if (_settings.RefusesOnFailure)
        {
            Add(note.Event, Sender, note.Tag);
            return;
        }

        Sender.Tell(new Noted(note.Tag));
        Add(note.Event, null, null);
    }

    private void HandleLogOpened(LogOpened opened)
    {
        EndRequest();
        _isOpen = true;
        var first = ImmutableArray.CreateBuilder<PendingRecord>();
        if (_start is { } start) first.Add(start);
        _start = null;
        if (opened.Torn is { } torn)
        {
            _log.Warning(
                "{File} ended within a line, as after a crash: its last {Bytes} bytes are in {MovedTo} now", torn.File, torn.Length, torn.MovedTo);
            first.Add(new PendingRecord(BodyOf(LogEvents.Recovered(torn))));
        }

        if (opened.Break is { } problem)
        {
            _log.Error(
                "The audit log is not as it was written: {Problem}. It is kept as it is and goes on in a new file; see actorserver audit verify",
                problem);
            first.Add(new PendingRecord(BodyOf(LogEvents.Broken(problem))));
        }

        _pending.AddFirst(first.ToImmutable());
        WriteNext();
    }

    private void HandleRecordsWritten(RecordsWritten written)
    {
        EndRequest();
        foreach (var record in _pending.RemoveTaken()) record.Waiter.Tell(new Noted(record.Tag));
        if (_tellsGap) EndOutage();
        foreach (var file in written.Deleted)
        {
            _log.Info("The audit log's oldest file {File} was deleted (actornet.audit.files-kept)", file);
            Add(LogEvents.Deleted(file), null, null);
        }

        if (written.DeletionProblem is { } problem)
            _log.Warning(
                "Old files of the audit log in {Directory} cannot be deleted: {Problem}. More are kept than actornet.audit.files-kept says",
                _directory, problem);

        WriteNext();
    }

    private void HandleWriteFailed(WriteFailed failed)
    {
        EndRequest();
        _tellsGap = false;
        BeginOutage(failed.Reason);
        Refuse(_pending.RemoveAwaited());
        Timers.StartSingleTimer(nameof(Retry), Retry.Instance, _settings.RetryInterval);
    }

    // The disk hangs. It may yet write what it was given: that is in the log then although it was not done, and a gap behind it says so.
    private void HandleWriteOverdue(WriteOverdue message)
    {
        _isOverdue = true;
        BeginOutage($"a write takes longer than {_settings.WriteTimeout.TotalSeconds:0.###} s (actornet.audit.write-timeout)");
        Refuse(_pending.RefuseAwaited());
    }

    // A fault that nobody foresaw, which is in the log already: what it was writing is written again by the next one.
    private void HandleTerminated(Terminated _)
    {
        StartWriter();
        HandleWriteFailed(new WriteFailed("its writer failed"));
    }

    private void Add(AuditEvent happened, IActorRef? waiter, object? tag)
    {
        if (waiter is not null && _isOverdue)
        {
            Refuse([new PendingRecord(default, waiter, tag)]);
            return;
        }

        if (_pending.TryAdd(new PendingRecord(BodyOf(happened), waiter, tag)))
        {
            WriteNext();
            return;
        }

        BeginOutage("more waits to be written than actornet.audit.max-pending");
        if (waiter is null)
        {
            _outage.Lose();
            return;
        }

        Refuse([new PendingRecord(default, waiter, tag)]);
    }

    private void Refuse(List<PendingRecord> records)
    {
        foreach (var record in records) record.Waiter.Tell(new NotNoted(record.Tag));
        _outage.Refuse(records.Count);
    }

    private void WriteNext()
    {
        if (_isWriting) return;
        if (!_isOpen)
        {
            Request(OpenLog.Instance);
            return;
        }

        var batch = _pending.Take();
        _tellsGap = _outage.Since is not null;
        if (_tellsGap) batch.Add(BodyOf(_outage.Tell()));
        if (batch.Count > 0) Request(new AppendRecords(batch));
    }

    private void Request(object request)
    {
        Timers.Cancel(nameof(Retry));
        _isWriting = true;
        Timers.StartSingleTimer(nameof(WriteOverdue), WriteOverdue.Instance, _settings.WriteTimeout);
        _writer.Tell(request);
    }

    private void EndRequest()
    {
        Timers.Cancel(nameof(WriteOverdue));
        (_isWriting, _isOverdue) = (false, false);
    }

    private void BeginOutage(string reason)
    {
        if (_outage.Begin(_time.GetUtcNow()))
            _log.Error(
                "The audit log in {Directory} cannot be written: {Reason}. Until it can, {Consequence} (actornet.audit.on-failure)",
                _directory, reason,
                _settings.RefusesOnFailure ? "what must be recorded first is refused" : "all goes on and may not be recorded");
    }

    private void EndOutage()
    {
        _tellsGap = false;
        var (since, lost, refused) = _outage.End(_time.GetUtcNow());
        _log.Info(
            "The audit log is written again, for the first time since {Since:o}; {Lost} events are not in it, {Refused} acts were refused",
            since, lost, refused);
    }

    private byte[] BodyOf(AuditEvent happened) => AuditFormat.Body(happened, _time.GetUtcNow(), _run, _settings);

    private void StartWriter()
    {
        _isOpen = false;
        _writer = Context.Watch(Context.ActorOf(AuditWriterActor.Props(_directory, _settings, _write)));
    }

    protected override void PreStart()
    {
        StartWriter();
        WriteNext();
    }

    // Nobody waits for ever for what this actor has lost.
    protected override void PreRestart(Exception reason, object message)
    {
        Refuse(_pending.RemoveAwaited());
        if (message is NoteFirst asked) Sender.Tell(new NotNoted(asked.Tag));
        base.PreRestart(reason, message);
    }

    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    private sealed record Retry
    {
        public static readonly Retry Instance = new();
    }

    private sealed record WriteOverdue
    {
        public static readonly WriteOverdue Instance = new();
    }
}
