using Akka.Actor;

namespace ActorNet.Server.Files;

/// <summary>
/// Base of one get, put or list: child of FileActor, on the file dispatcher, where it may wait for the disk. Owns the
/// open file, talks to one channel, and ends when it is done, when it fails, or when the channel is gone; in each case
/// it lets go of the file first.
/// </summary>
public abstract class TransferActor : ReceiveActor
{
    protected TransferActor(IActorRef channel)
    {
        Channel = channel;
        Receive<Begin>(_ => OnBegin());
        Receive<Terminated>(_ => Context.Stop(Self));
    }

    /// <summary>Who this transfer is for.</summary>
    protected IActorRef Channel { get; }

    /// <summary>Opens what the transfer needs and tells the channel.</summary>
    protected abstract void OnBegin();

    /// <summary>Closes what is open; called once or more.</summary>
    protected abstract void Release();

    /// <summary>Lets go of the file, then tells the channel the last thing it hears, and stops.</summary>
    protected void End(object last)
    {
        Release();
        Context.Parent.Tell(TransferEnded.Instance);
        Channel.Tell(last);
        Context.Stop(Self);
    }

    /// <inheritdoc />
    protected override bool AroundReceive(Receive receive, object message)
    {
        try
        {
            return base.AroundReceive(receive, message);
        }
        catch (FileFaultException fault)
        {
            End(new TransferFailed(fault.Code, fault.Message));
            return true;
        }
    }

    protected override void PreStart()
    {
        Context.Watch(Channel);
        Self.Tell(Begin.Instance);
    }

    protected override void PostStop() => Release();

    private sealed record Begin
    {
        public static readonly Begin Instance = new();
    }
}
