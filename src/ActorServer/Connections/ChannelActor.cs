using ActorNet.Protocol;
using ActorNet.Protocol.Frames;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;

namespace ActorNet.Server.Connections;

/// <summary>
/// Base of the actor of one channel: an adapter between frames and the messages of a service, whose class derives from it. Child of its
/// ConnectionActor.
///
/// A derived actor answers <see cref="OnStart"/> with <see cref="ChannelFlow.Opened()"/> or <see cref="ChannelFlow.Refuse"/>, now or
/// later; then consumes what comes (<see cref="ChannelFlow.Consumed"/>), sends while <see cref="ChannelFlow.Sendable"/> allows and goes on
/// in <see cref="ChannelFlow.OnSendable"/>, and ends with <see cref="ChannelFlow.Close"/>. What is sent while one message is handled
/// leaves in one batch.
///
/// This is where rights are checked, and nowhere else: OPEN before <see cref="OnStart"/>, a request inside the channel by
/// <see cref="Require"/>. Nothing is done before the audit has it; a right that is taken away ends the channel.
/// </summary>
public abstract class ChannelActor : ChannelFlow
{
    private readonly ChannelAccess _access;
    private List<Action>? _untilStarted; // what came while the audit was asked about OPEN: the end of the client, the node's drain

    protected ChannelActor(ChannelContext context) : base(context)
    {
        _access = new ChannelAccess(context.Rights, context.Trail, Self);

        Receive<ChannelFrames>(HandleChannelFrames);
        Receive<StartChannel>(HandleStartChannel);
        Receive<Noted>(_access.HandleNoted);
        Receive<NotNoted>(_access.HandleNotNoted);
        Receive<RightsChanged>(HandleRightsChanged);
        Receive<PeerFinished>(_ => OnceStarted(OnPeerFinished));
        Receive<Drain>(_ => OnceStarted(OnDrain));
    }

    /// <summary>What the account may do now.</summary>
    protected Rights Rights => _access.Rights;

    /// <summary>What the audit is to know of an OPEN beside what it is done to.</summary>
    protected virtual IReadOnlyList<KeyValuePair<string, string>> OpeningDetails => [];

    /// <summary>The client asked for the channel: check <c>Channel.Open.Params</c>, then <see cref="ChannelFlow.Opened()"/> or <see cref="ChannelFlow.Refuse"/>.</summary>
    protected abstract void OnStart();

    /// <summary>The node is stopping: finish what is in progress, take nothing new. Closes at once unless overridden.</summary>
    protected virtual void OnDrain() => Close(ErrorCode.Unavailable, "the node is stopping");

    /// <summary>
    /// The client has closed its half of the connection: no message, window or CLOSE will come. What is in progress may still be finished.
    /// </summary>
    protected virtual void OnPeerFinished()
    {
    }

    /// <summary>A right that the channel holds was taken away; it is closed after this.</summary>
    protected virtual void OnRightLost()
    {
    }

    /// <summary>
    /// Goes on with <paramref name="granted"/> when the account has the right and the audit has written it down, now or later; with
    /// <paramref name="refused"/> otherwise. What is granted is held until <see cref="Release"/>, or the right is taken away.
    /// </summary>
    protected void Require(
        Demand demand, Action granted, Action<ErrorCode, string> refused, params IReadOnlyList<KeyValuePair<string, string>> details) =>
        _access.Require(demand, details, granted, refused);

    /// <summary>What was granted is no longer made use of; false if it was not granted, or not any more.</summary>
    protected bool Release(Demand demand) => _access.Release(demand);

    protected override void PostStop()
    {
        _access.Abandon();
        base.PostStop();
    }

    private void HandleStartChannel(StartChannel message)
    {
        if (Channel.Access.Opening(Channel.Open) is not { } demand)
        {
            OnStart();
            return;
        }

        _untilStarted = [];
        _access.Require(demand, OpeningDetails, Start, Refuse);
    }

    private void Start()
    {
        OnStart();
        var waiting = _untilStarted!;
        _untilStarted = null;
        foreach (var handle in waiting)
        {
            if (!IsEnded) handle();
        }
    }

    private void OnceStarted(Action handle)
    {
        if (_untilStarted is { } waiting) waiting.Add(handle);
        else handle();
    }

    private void HandleRightsChanged(RightsChanged message)
    {
        if (IsEnded) return;
        if (_access.Change(message.Rights) is { } lost)
        {
            OnRightLost();
            CloseWithoutPushes(ErrorCode.Forbidden, $"the right {lost} was taken away");
        }
        else if (!Channel.Access.IsOfferedTo(message.Rights))
        {
            CloseWithoutPushes(ErrorCode.Forbidden, $"the rights for the service {Channel.Open.Service} were taken away");
        }
    }

    private void HandleChannelFrames(ChannelFrames message)
    {
        // Before OPENED nothing comes but CLOSE, which does not wait, and the end of a client that has closed its side.
        if (_untilStarted is { } waiting && message.Frames.All(frame => frame.Type != FrameType.Close))
            waiting.Add(() => HandleFrames(message));
        else
            HandleFrames(message);
    }
}
