using Akka.Actor;
using Akka.Actor.Internal;

namespace Akka.TestKit.Internal;

/// <summary>
/// Makes the test actor the sender of what a test tells without naming one. Akka keeps "the current actor" per thread;
/// a test runs on several, so its SynchronizationContext sets it for every continuation and takes it away again.
/// </summary>
internal sealed class ImplicitSender
{
    // Never read: it is here for the call that .NET makes when a thread leaves or enters the flow of the test.
    static readonly AsyncLocal<ImplicitSender?> Flow = new(OnFlowChanged);

    [ThreadStatic]
    static (ImplicitSender Sender, SynchronizationContext Context)? suspended;

    ActorCell? _cell;

    public ImplicitSender(ActorCell cell)
    {
        _cell = cell;
        InternalCurrentActorCellKeeper.Current = cell;
        SynchronizationContext.SetSynchronizationContext(new Carrier(this));
        Flow.Value = this;
    }

    public void Release()
    {
        if (InternalCurrentActorCellKeeper.Current == _cell)
            InternalCurrentActorCellKeeper.Current = null;
        _cell = null;
    }

    // The thread that made the TestKit goes back to the test runner at the first await, and must not keep the sender. A
    // thread can also leave the flow only for a moment, to run a continuation of a foreign flow inside SetResult: then
    // it comes back with the same SynchronizationContext, and gets the sender back.
    static void OnFlowChanged(AsyncLocalValueChangedArgs<ImplicitSender?> change)
    {
        if (!change.ThreadContextChanged)
            return;
        var context = SynchronizationContext.Current;
        if (change.PreviousValue?._cell is { } left && InternalCurrentActorCellKeeper.Current == left)
        {
            InternalCurrentActorCellKeeper.Current = null;
            suspended = context == null ? null : (change.PreviousValue, context);
        }
        else if (suspended is { } left2 && left2.Sender == change.CurrentValue && left2.Context == context)
        {
            InternalCurrentActorCellKeeper.Current ??= left2.Sender._cell;
            suspended = null;
        }
    }

    sealed class Carrier(ImplicitSender sender) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) =>
            ThreadPool.QueueUserWorkItem(static work => work.Carrier.Send(work.d, work.state),
                (Carrier: this, d, state), preferLocal: false);

        public override void Send(SendOrPostCallback d, object? state)
        {
            var (cell, context) = (InternalCurrentActorCellKeeper.Current, Current);
            InternalCurrentActorCellKeeper.Current = sender._cell;
            SetSynchronizationContext(this);
            try
            {
                d(state);
            }
            finally
            {
                InternalCurrentActorCellKeeper.Current = cell;
                SetSynchronizationContext(context);
            }
        }

        public override SynchronizationContext CreateCopy() => this;
    }
}
