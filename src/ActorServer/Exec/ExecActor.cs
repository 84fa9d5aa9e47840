using System.Globalization;
using ActorNet.Protocol;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;

namespace ActorNet.Server.Exec;

/// <summary>
/// Owns the jobs of the node and their number. Channels ask it to start commands; each becomes a JobActor below it,
/// which then talks to the channel itself. Lives as long as the node; <see cref="StopJobs"/> empties it.
/// </summary>
public sealed class ExecActor : ReceiveActor
{
    /// <summary>The dispatcher on which programs are looked up and spawned; in <c>actornet.hocon</c>.</summary>
    public const string DispatcherId = "actornet.exec-dispatcher";

    private readonly ExecSettings _settings;
    private readonly IProcessLauncher _launcher;
    private readonly Dictionary<IActorRef, string> _connections = [];
    private readonly Dictionary<string, int> _perConnection = [];
    private readonly List<IActorRef> _stopRequesters = [];
    private bool _stopping;
    private long _lastJob;

    public ExecActor(ExecSettings settings, IProcessLauncher? launcher)
    {
        _settings = settings;
        _launcher = launcher ??
            new ProcessLauncher(settings.Environment, Context.System.Dispatchers.Lookup(DispatcherId).Schedule);
        Receive<StartCommand>(HandleStartCommand);
        Receive<StopJobs>(HandleStopJobs);
        Receive<Terminated>(HandleJobGone);
    }

    public static Props Props(ExecSettings settings, IProcessLauncher? launcher = null) =>
        Akka.Actor.Props.Create(() => new ExecActor(settings, launcher));

    // A job that fails is lost, its process is killed (JobActor.PostStop), and its channel sees it; the others go on.
    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(_ => Directive.Stop);

    private void HandleStartCommand(StartCommand message)
    {
        if (Refusal(message.Trail.Connection) is { } refusal)
        {
            message.Trail.Note(StartCommand.EndAct, refusal.Code.ToWire(), message.Command.Argv[0]);
            Sender.Tell(refusal);
            return;
        }

        var number = (++_lastJob).ToString(CultureInfo.InvariantCulture);
        var props = JobActor.Props($"j-{number}", message, Sender, _launcher, _settings);
        var job = Context.ActorOf(props, $"job-{number}");
        Context.Watch(job);
        var connection = message.Trail.Connection;
        _connections[job] = connection;
        _perConnection[connection] = _perConnection.GetValueOrDefault(connection) + 1;
    }

    private void HandleStopJobs(StopJobs message)
    {
        _stopping = true;
        _stopRequesters.Add(Sender);
        foreach (var job in _connections.Keys) job.Tell(StopJob.Instance);
        AnswerWhenEmpty();
    }

    private void HandleJobGone(Terminated message)
    {
        if (!_connections.Remove(message.ActorRef, out var connection)) return;
        var left = _perConnection[connection] - 1;
        if (left == 0) _perConnection.Remove(connection);
        else _perConnection[connection] = left;
        AnswerWhenEmpty();
    }

    private CommandRefused? Refusal(string connection)
    {
        if (_stopping) return new CommandRefused(ErrorCode.Unavailable, "the node is stopping");
        if (_perConnection.GetValueOrDefault(connection) >= _settings.MaxJobsPerConnection)
            return TooMany("connection", _settings.MaxJobsPerConnection, "max-jobs-per-connection");
        return _connections.Count >= _settings.MaxJobs ? TooMany("node", _settings.MaxJobs, "max-jobs") : null;
    }

    private static CommandRefused TooMany(string where, int limit, string key) =>
        new(ErrorCode.TooMany, $"{limit} commands run on this {where}, its limit (actornet.exec.{key})");

    private void AnswerWhenEmpty()
    {
        if (!_stopping || _connections.Count > 0) return;
        foreach (var requester in _stopRequesters) requester.Tell(JobsStopped.Instance);
        _stopRequesters.Clear();
    }
}
