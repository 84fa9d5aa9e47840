using ActorNet.Protocol;
using ActorNet.Protocol.Exec;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Exec.Processes;
using Akka.Actor;

namespace ActorNet.Server.Exec;

/// <summary>
/// One exec channel: the watcher of one job. OPEN becomes <see cref="StartCommand"/>, DATA stdin, the job's output DATA
/// and EXTENDED_DATA, and its end the <see cref="CommandEnded"/> after the last byte. Asks the job for as much output
/// as may be sent, so that a client that does not read holds up the program and not the node. When it stops first, the
/// job sees it and kills the process; when it stops because the right was taken away, the job is told so before.
/// </summary>
public sealed class ExecChannel : ChannelActor
{
    // Output is asked for in lumps: a message to the job pays for a good piece of it.
    private const int Lump = 64 * 1024;

    private readonly IActorRef _exec;
    private readonly ExecSettings _settings;
    private readonly InputQueue _input = new();
    private readonly Queue<CommandOutput> _output = new();
    private IActorRef? _job;
    private int _sentOfFirst;
    private int _asked;
    private InputState _inputState = InputState.Idle;
    private bool _inputEnds;
    private byte[]? _end;
    private ExecRequest? _request;

    public ExecChannel(ChannelContext context, IActorRef exec, ExecSettings settings) : base(context)
    {
        _exec = exec;
        _settings = settings;
        Receive<CommandStarted>(HandleCommandStarted);
        Receive<CommandRefused>(message => Refuse(message.Code, message.Message));
        Receive<CommandOutput>(HandleCommandOutput);
        Receive<InputTaken>(HandleInputTaken);
        Receive<JobEnded>(HandleJobEnded);
        Receive<Terminated>(_ => HandleJobGone());
    }

    public static Props Props(ChannelContext context, IActorRef exec, ExecSettings settings) =>
        Akka.Actor.Props.Create(() => new ExecChannel(context, exec, settings));

    protected override IReadOnlyList<KeyValuePair<string, string>> OpeningDetails =>
    [
        Request.Argv is { } argv
            ? KeyValuePair.Create("argv", AuditTrail.Cut(string.Join(' ', argv)))
            : KeyValuePair.Create("shell", AuditTrail.Cut(Request.Shell ?? "")),
        .. Request.Cwd is { } cwd ? [KeyValuePair.Create("cwd", AuditTrail.Cut(cwd))] : Array.Empty<KeyValuePair<string, string>>(),
    ];

    private ExecRequest Request => _request ??= Params(ProtocolJsonContext.Default.ExecRequest);

    protected override void OnStart()
    {
        if (ExecPolicy.Refusal(Request, _settings) is { } refusal)
        {
            Channel.Trail.Note(StartCommand.EndAct, refusal.Code.ToWire(), null);
            Refuse(refusal.Code, refusal.Message);
            return;
        }

        _exec.Tell(new StartCommand(ExecPolicy.ToCommand(Request, _settings), Channel.Trail));
    }

    protected override void OnData(ReadOnlyMemory<byte> bytes)
    {
        if (_end is not null)
        {
            Consumed(bytes.Length);
            return;
        }

        _input.Add(bytes.Span);
        PumpInput();
    }

    protected override void OnEof()
    {
        _inputEnds = true;
        PumpInput();
    }

    protected override void OnMessage(ReadOnlyMemory<byte> json)
    {
        var command = ProtocolJson.Decode(json, ProtocolJsonContext.Default.ExecCommand);
        if (command is not SendSignal { Signal: var name }) return;
        if (!UnixSignal.TryParseSendable(name, out var signal))
            throw new ProtocolViolationException(
                ErrorCode.Invalid, "signal takes INT, TERM, HUP, QUIT, USR1, USR2 or KILL");
        _job?.Tell(new SignalJob(signal));
    }

    protected override void OnSendable() => PumpOutput();

    protected override void OnRightLost() => _job?.Tell(RightLost.Instance);

    /// <summary>A running command may end by itself; the node's drain timeout ends it otherwise.</summary>
    protected override void OnDrain()
    {
    }

    private void HandleCommandStarted(CommandStarted message)
    {
        _job = Context.Watch(message.Job);
        Opened(new ExecStarted(message.JobId, message.Pid), ProtocolJsonContext.Default.ExecStarted);
        PumpInput();
        PumpOutput();
    }

    private void HandleCommandOutput(CommandOutput message)
    {
        _asked -= Math.Min(_asked, message.Bytes.Length);
        _output.Enqueue(message);
        PumpOutput();
    }

    private void HandleInputTaken(InputTaken message)
    {
        Consumed(message.Bytes);
        _inputState = InputState.Idle;
        PumpInput();
    }

    private void HandleJobEnded(JobEnded message)
    {
        _end = ProtocolJson.Encode(message.End, ProtocolJsonContext.Default.ExecEvent);
        while (!_input.IsEmpty) Consumed(_input.Take().Length);
        PumpOutput();
    }

    private void HandleJobGone()
    {
        if (_end is null) Close(ErrorCode.Internal, "the node lost the job");
    }

    private void PumpInput()
    {
        if (_job is null || _inputState != InputState.Idle) return;
        if (!_input.IsEmpty)
        {
            _inputState = InputState.Writing;
            _job.Tell(new WriteInput(_input.Take()));
        }
        else if (_inputEnds)
        {
            _inputState = InputState.Ended;
            _job.Tell(EndInput.Instance);
        }
    }

    // Takes no more than was asked for while the process runs; its last output may be more and waits here for the
    // client.
    private void PumpOutput()
    {
        while (Sendable > 0 && _output.TryPeek(out var first))
        {
            var count = Math.Min(Sendable, first.Bytes.Length - _sentOfFirst);
            var piece = first.Bytes.Slice(_sentOfFirst, count);
            if (first.Stream == OutputStream.Stdout) SendData(piece);
            else SendExtendedData(piece);
            _sentOfFirst += count;
            if (_sentOfFirst < first.Bytes.Length) break;
            _output.Dequeue();
            _sentOfFirst = 0;
        }

        if (_end is null) AskForOutput();
        else if (_output.Count == 0 && Sendable >= _end.Length) Finish(_end);
    }

    private void AskForOutput()
    {
        var more = Sendable - _asked;
        if (more <= 0 || (_asked > 0 && more < Lump)) return;
        _asked += more;
        _job?.Tell(new TakeOutput(more));
    }

    // Not before it fits the window: a message that waits too long counts as the client's fault, and here the client
    // only reads slowly.
    private void Finish(byte[] end)
    {
        SendMessage(end);
        SendEof();
        Close();
    }

    private enum InputState
    {
        Idle,
        Writing,
        Ended,
    }
}
