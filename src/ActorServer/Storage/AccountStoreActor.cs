using ActorNet.Server.Audit;
using ActorNet.Server.Diagnostics;
using Akka.Actor;
using Akka.Event;

namespace ActorNet.Server.Storage;

/// <summary>
/// Owns the store of a running node, on a dispatcher where it may wait for the disk. Tells the accounts at its start and whenever any process has
/// changed them, and hands the acts that wait in the store to audit, one after the other: each is forgotten only when it is written down. A store
/// that cannot be read is tried again at every poll, and what was read last holds meanwhile. Lives as long as the node.
/// </summary>
public sealed class AccountStoreActor : ReceiveActor
{
    /// <summary>Its dispatcher, in <c>actornet.hocon</c>.</summary>
    public const string DispatcherId = "actornet.storage-dispatcher";

    private const int ActsAtOnce = 100;

    // After this an answer is lost: audit was restarted over the question.
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(10);

    private readonly ILoggingAdapter _log = Context.ServerLog();
    private readonly AccountStore _store;
    private readonly IActorRef _accounts;
    private readonly IActorRef _audit;
    private readonly Queue<AdminAct> _acts = new();
    private AccountStore.Stamp? _told;
    private TimeSpan? _asked;

    // The last one that is written down. While the disk is full it cannot be forgotten, and is not to be written down again for that.
    private long? _noted;
    private ICancelable? _nextPoll;
    private bool _actsMayWait = true;
    private bool _isBroken;

    public AccountStoreActor(AccountStore store, IActorRef accounts, IActorRef audit)
    {
        _store = store;
        _accounts = accounts;
        _audit = audit;

        Receive<Poll>(_ => HandlePoll());
        Receive<Noted>(HandleNoted);
        Receive<NotNoted>(HandleNotNoted);
        // At the next poll and not now: accounts that fail over what they are told would be told at once again.
        Receive<AccountsLost>(_ => _told = null);
    }

    private static TimeSpan Now => Context.System.Scheduler.MonotonicClock;

    /// <summary>How to start it.</summary>
    public static Props Props(AccountStore store, IActorRef accounts, IActorRef audit) =>
        Akka.Actor.Props.Create(() => new AccountStoreActor(store, accounts, audit)).WithDispatcher(DispatcherId);

    private void HandlePoll()
    {
        if (TryUse(Refresh) && _isBroken)
        {
            _isBroken = false;
            _log.Info("The store of accounts can be used again");
        }

        // Not periodic: a slow disk would let polls pile up. Not a timer of Akka's: its message would be a dead letter when the node stops.
        _nextPoll?.Cancel();
        _nextPoll = Context.System.Scheduler.ScheduleTellOnceCancelable(_store.Settings.PollInterval, Self, Poll.Instance, Self);
    }

    private void HandleNoted(Noted message)
    {
        if (!IsAwaited(message.Tag)) return;
        AskAgainLater();
        _noted = _acts.Peek().Id;
        TryUse(HandOverActs);
    }

    private void HandleNotNoted(NotNoted message)
    {
        if (IsAwaited(message.Tag)) AskAgainLater();
    }

    private void Refresh()
    {
        // Before the book: a change in between is found at the next poll.
        var stamp = _store.CurrentStamp();
        if (stamp != _told)
        {
            _accounts.Tell(new AccountsChanged(_store.Load()));
            _told = stamp;
            _actsMayWait = true;
        }

        HandOverActs();
    }

    private void HandOverActs()
    {
        if (!_actsMayWait || (_asked is { } asked && Now - asked < AnswerTimeout)) return;
        if (_acts.Count > 0 && _acts.Peek().Id == _noted)
        {
            _store.ForgetActs(_acts.Peek().Id);
            _acts.Dequeue();
        }

        if (_acts.Count == 0)
            foreach (var act in _store.TakeActs(ActsAtOnce)) _acts.Enqueue(act);
        _actsMayWait = _acts.Count > 0;
        if (!_actsMayWait) return;
        _audit.Tell(new NoteFirst(_acts.Peek().ToEvent(), _acts.Peek().Id));
        _asked = Now;
    }

    private bool IsAwaited(object? tag) => _acts.Count > 0 && tag is long id && id == _acts.Peek().Id;

    // The next poll hands the same act over once more.
    private void AskAgainLater() => _asked = null;

    private bool TryUse(Action use)
    {
        try
        {
            use();
            return true;
        }
        catch (AccountStoreException e)
        {
            if (!_isBroken) _log.Error("Accounts stay as they were read last: {Reason}", e.Message);
            _isBroken = true;
            return false;
        }
    }

    protected override void PreStart()
    {
        Context.System.EventStream.Subscribe(Self, typeof(AccountsLost));
        HandlePoll();
    }

    protected override void PostStop() => _nextPoll?.Cancel();

    private sealed record Poll : IDeadLetterSuppression
    {
        public static readonly Poll Instance = new();
    }
}
