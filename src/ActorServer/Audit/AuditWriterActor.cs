using Akka.Actor;

namespace ActorNet.Server.Audit;

/// <summary>
/// /user/audit/writer: owns the files of the log. Only audit talks to it, one request at a time. It may wait for a slow
/// disk, and so has a thread of its own. Ends with audit.
/// </summary>
internal sealed class AuditWriterActor : ReceiveActor
{
    private const string Dispatcher = "actornet.audit-dispatcher";

    private readonly string _directory;
    private readonly AuditSettings _settings;
    private readonly WriteToFile _write;
    private AuditLog? _log;

    public AuditWriterActor(string directory, AuditSettings settings, WriteToFile write)
    {
        (_directory, _settings, _write) = (directory, settings, write);
        Receive<OpenLog>(_ => Try(Open));
        Receive<AppendRecords>(m => Try(() => new RecordsWritten(_log!.Append(m.Bodies), _log.DeletionProblem)));
    }

    public static Props Props(string directory, AuditSettings settings, WriteToFile write) =>
        Akka.Actor.Props.Create(() => new AuditWriterActor(directory, settings, write)).WithDispatcher(Dispatcher);

    private LogOpened Open()
    {
        _log = AuditLog.Open(_directory, _settings, _write);
        return new LogOpened(_log.Torn, _log.Break);
    }

    private void Try(Func<object> work)
    {
        object answer;
        try
        {
            answer = work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            answer = new WriteFailed(e.Message);
        }

        Sender.Tell(answer);
    }

    protected override void PostStop() => _log?.Dispose();
}
