using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using ActorNet.Server.Connections;
using Akka.Actor;
using Akka.Event;
using Akka.IO;

namespace ActorNet.Server.Transports;

/// <summary>
/// A connection over a stream, in the words of Akka.IO's Tcp, so that its handler does not know which it is: Register, ResumeReading
/// (pull mode: one read each), Write with Ack (one at a time), ConfirmedClose, Close, Abort in; Received, PeerClosed and the closed events
/// out. Ends with its handler or after a closed event; its maker stops it if nobody registers.
/// </summary>
/// <remarks>
/// The end of a stream that its peer has not declared (<see cref="ITransportStream.WasCutOff"/>) is an error, as anybody on the way can make it:
/// nothing may pass for whole because of it. Nothing does anyway, as a client commits by a message and not by its end. After this
/// side has closed, any end will do: the last word was this side's, and many peers close without a word of TLS.
/// </remarks>
[SuppressMessage(
    "Reliability", "CA2012", Justification = "Each result is fetched once, after the completion, by the one handler it is told to; nothing is allocated for it.")]
internal sealed class StreamTransportActor : ReceiveActor
{
    private readonly ITransportStream _stream;
    private readonly int _readSize;
    private readonly Action _readCompleted;
    private readonly Action _writeCompleted;
    private ValueTaskAwaiter<byte[]> _read;
    private ValueTaskAwaiter _write;
    private IActorRef _handler = ActorRefs.Nobody;
    private IActorRef _closer = ActorRefs.Nobody;
    private IActorRef _writer = ActorRefs.Nobody;
    private Tcp.Event? _ack;
    private bool _keepOpenOnPeerClosed;
    private bool _isReading;
    private bool _isReadAsked;
    private bool _isWriting;
    private bool _isPeerClosed;
    private bool _isFinished;
    private bool _breaks = true;
    private Closing _closing = Closing.None;

    /// <summary>Speaks for <paramref name="stream"/>, whose last owner this is.</summary>
    /// <param name="stream">A connection, ready to read and write.</param>
    /// <param name="readSize">Bytes of one Received, at most.</param>
    public StreamTransportActor(ITransportStream stream, int readSize)
    {
        _stream = stream;
        _readSize = readSize;
        var self = Self;
        _readCompleted = () => self.Tell(ReadCompleted.Instance);
        _writeCompleted = () => self.Tell(WriteCompleted.Instance);

        Receive<Tcp.ResumeReading>(HandleResumeReading);
        Receive<ReadCompleted>(_ => HandleReadCompleted());
        Receive<Tcp.Write>(HandleWrite);
        Receive<WriteCompleted>(_ => HandleWriteCompleted());
        Receive<Tcp.Register>(HandleRegister);
        Receive<Tcp.ConfirmedClose>(_ => Close(Closing.Confirmed));
        Receive<Tcp.Close>(_ => Close(Closing.AtOnce));
        Receive<Tcp.Abort>(HandleAbort);
        Receive<SendingFinished>(HandleSendingFinished);
        Receive<Terminated>(HandleTerminated);
    }

    private void HandleRegister(Tcp.Register message)
    {
        _handler = Context.Watch(message.Handler);
        _keepOpenOnPeerClosed = message.KeepOpenOnPeerClosed;
        Read();
    }

    private void HandleResumeReading(Tcp.ResumeReading message)
    {
        _isReadAsked = true;
        Read();
    }

    // One at a time, however often it was asked for: what comes is only counted by the handler when it has come.
    private void Read()
    {
        if (!_isReadAsked || _isReading || _isPeerClosed || _handler.IsNobody()) return;
        (_isReadAsked, _isReading) = (false, true);
        _read = TransportBytes.ReadAsync(_stream, _readSize).GetAwaiter();
        if (_read.IsCompleted) HandleReadCompleted();
        else _read.UnsafeOnCompleted(_readCompleted);
    }

    private void HandleReadCompleted()
    {
        byte[] bytes;
        try
        {
            bytes = _read.GetResult();
        }
        catch (Exception e) when (IsBroken(e))
        {
            Break(e.GetBaseException().Message);
            return;
        }

        _isReading = false;
        if (bytes.Length > 0)
        {
            _handler.Tell(new Tcp.Received(AkkaBytes.Own(bytes)));
            Read();
        }
        else
        {
            HandleEnd();
        }
    }

    private void HandleEnd()
    {
        _isPeerClosed = true;
        if (_closing == Closing.None && _stream.WasCutOff)
        {
            Break("it ended without close_notify: the peer's program ended, or somebody cut it off");
            return;
        }

        if (_closing != Closing.None)
        {
            EndIfFinished();
            return;
        }

        _handler.Tell(Tcp.PeerClosed.Instance);
        if (_keepOpenOnPeerClosed) return;
        _breaks = false;
        Context.Stop(Self);
    }

    private void HandleWrite(Tcp.Write message)
    {
        if (_isWriting || _closing != Closing.None)
        {
            Sender.Tell(new Tcp.CommandFailed(message));
            return;
        }

        _isWriting = true;
        (_writer, _ack) = (Sender, message.WantsAck ? message.Ack : null);
        _write = TransportBytes.WriteAsync(_stream, message.Data.Sequence()).GetAwaiter();
        if (_write.IsCompleted) HandleWriteCompleted();
        else _write.UnsafeOnCompleted(_writeCompleted);
    }

    private void HandleWriteCompleted()
    {
        try
        {
            _write.GetResult();
        }
        catch (Exception e) when (IsBroken(e))
        {
            Break(e.GetBaseException().Message);
            return;
        }

        _isWriting = false;
        if (_ack is not null) _writer.Tell(_ack);
        if (_closing != Closing.None) FinishSending();
    }

    private void Close(Closing how)
    {
        if (_closing != Closing.None) return;
        (_closing, _closer) = (how, Sender);
        if (!_isWriting) FinishSending();
    }

    private void FinishSending() => FinishSendingAsync(_stream).PipeTo(Self);

    private static async Task<SendingFinished> FinishSendingAsync(ITransportStream stream)
    {
        try
        {
            await stream.FinishSendingAsync();
            return new SendingFinished(null);
        }
        catch (Exception e) when (IsBroken(e))
        {
            return new SendingFinished(e.GetBaseException().Message);
        }
    }

    private void HandleSendingFinished(SendingFinished message)
    {
        if (message.Problem is not null)
        {
            Break(message.Problem);
            return;
        }

        _isFinished = true;
        EndIfFinished();
    }

    private void EndIfFinished()
    {
        if (!_isFinished) return;
        if (_closing == Closing.AtOnce) End(Tcp.Closed.Instance);
        else if (_isPeerClosed) End(Tcp.ConfirmedClosed.Instance);
    }

    private void HandleAbort(Tcp.Abort message)
    {
        _closer = Sender;
        _closing = Closing.None;
        End(Tcp.Aborted.Instance);
    }

    // As Akka.IO does: a handler that ends after it has closed leaves the rest to the kernel, which delivers it or gives up; one that ends
    // otherwise has failed, and its peer is told so by a reset.
    private void HandleTerminated(Terminated message)
    {
        _breaks = _closing == Closing.None;
        Context.Stop(Self);
    }

    private void Break(string problem)
    {
        _closing = Closing.None;
        End(new Tcp.ErrorClosed(problem.TrimEnd('.')));
    }

    private void End(Tcp.ConnectionClosed closed)
    {
        _breaks = _closing == Closing.None;
        if (!_handler.IsNobody()) Context.Unwatch(_handler);
        _handler.Tell(closed);
        if (!_closer.Equals(_handler)) _closer.Tell(closed);
        Context.Stop(Self);
    }

    // What is under way then ends with an exception, whose message nobody receives.
    protected override void PostStop()
    {
        if (_breaks) _stream.Reset();
        else _stream.Dispose();
    }

    private static bool IsBroken(Exception e) => e is IOException or SocketException or ObjectDisposedException;

    private enum Closing
    {
        None,
        AtOnce,
        Confirmed,
    }

    private sealed record ReadCompleted : IDeadLetterSuppression
    {
        public static readonly ReadCompleted Instance = new();
    }

    private sealed record WriteCompleted : IDeadLetterSuppression
    {
        public static readonly WriteCompleted Instance = new();
    }

    private sealed record SendingFinished(string? Problem) : IDeadLetterSuppression;
}
