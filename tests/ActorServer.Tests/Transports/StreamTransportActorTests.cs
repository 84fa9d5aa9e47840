using ActorNet.Server.Connections;
using ActorNet.Server.Tests.Connections;
using ActorNet.Server.Transports;
using Akka.Actor;
using Akka.IO;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Transports;

public sealed class StreamTransportActorTests : ActorSpec
{
    private const int ReadSize = 1024;

    private readonly FakeStream _stream = new();
    private readonly TestProbe _handler;
    private readonly IActorRef _transport;

    public StreamTransportActorTests()
    {
        _handler = CreateTestProbe();
        var stream = _stream;
        _transport = Sys.ActorOf(Props.Create(() => new StreamTransportActor(stream, ReadSize)), "transport");
        Watch(_transport);
    }

    private void Register(bool keepOpen = true) => _handler.Send(_transport, new Tcp.Register(_handler.Ref, keepOpen));

    private void Resume() => _handler.Send(_transport, Tcp.ResumeReading.Instance);

    private static Tcp.Write Write(Ack? ack, params byte[][] segments) => Tcp.Write.Create(
        AkkaBytes.View([.. segments.Select(segment => new ArraySegment<byte>(segment))]), ack is null ? Tcp.NoAck.Instance : ack);

    private byte[] ExpectReceived() => _handler.ExpectMsg<Tcp.Received>().Data.ToArray();

    [Fact]
    public void One_read_is_made_for_each_that_is_asked_for()
    {
        Register();
        Resume();
        _stream.Deliver(1, 2);
        _stream.Deliver(3);
        Assert.Equal([1, 2], ExpectReceived());
        Settle(_transport);
        Assert.False(_handler.HasMessages);
        Assert.Equal(1, _stream.Reads);
        Resume();
        Assert.Equal([3], ExpectReceived());
    }

    [Fact]
    public void What_is_asked_for_before_anybody_registers_is_read_then()
    {
        _stream.Deliver(1);
        Resume();
        Settle(_transport);
        Assert.Equal(0, _stream.Reads);
        Register();
        Assert.Equal([1], ExpectReceived());
    }

    [Fact]
    public void A_read_brings_no_more_than_the_read_size_and_its_bytes_stay_as_they_are()
    {
        Register();
        Resume();
        _stream.Deliver(Enumerable.Repeat((byte)7, ReadSize).ToArray());
        var first = _handler.ExpectMsg<Tcp.Received>().Data.Memory();
        Resume();
        _stream.Deliver(Enumerable.Repeat((byte)8, ReadSize).ToArray());
        Assert.Equal(ReadSize, ExpectReceived().Length);
        Assert.All(first.ToArray(), b => Assert.Equal(7, b));
    }

    [Fact]
    public void A_write_of_many_segments_is_written_in_order_and_acked_to_its_sender()
    {
        Register();
        byte[][] segments = [[1], .. Enumerable.Range(0, 5).Select(i => Enumerable.Repeat((byte)i, 50_000).ToArray()), [2, 3]];
        var ack = new Ack();
        var writer = CreateTestProbe();
        writer.Send(_transport, Write(ack, segments));
        Assert.Same(ack, writer.ExpectMsg<Ack>());
        Assert.True(segments.SelectMany(s => s).SequenceEqual(_stream.Written));
    }

    [Fact]
    public void A_write_that_asks_for_no_ack_gets_none()
    {
        Register();
        _handler.Send(_transport, Write(null, [1]));
        _handler.Send(_transport, Write(new Ack(), [2]));
        _handler.ExpectMsg<Ack>();
        Assert.Equal([1, 2], _stream.Written);
    }

    [Fact]
    public void A_second_write_while_one_is_under_way_is_refused_and_not_written()
    {
        Register();
        _stream.HoldWrites();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _handler.Send(_transport, Write(new Ack(), [2]));
        _handler.ExpectMsg<Tcp.CommandFailed>();
        _stream.ReleaseWrites();
        _handler.ExpectMsg<Ack>();
        Assert.Equal([1], _stream.Written);
    }

    [Fact]
    public void A_confirmed_close_waits_for_the_write_and_then_for_the_peers_end()
    {
        Register();
        Resume();
        _stream.HoldWrites();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _handler.Send(_transport, Tcp.ConfirmedClose.Instance);
        Settle(_transport);
        Assert.False(_stream.IsFinished);
        _stream.ReleaseWrites();
        _handler.ExpectMsg<Ack>();
        AwaitAssert(() => Assert.True(_stream.IsFinished));

        _stream.Deliver(9);
        Assert.Equal([9], ExpectReceived());
        Resume();
        _stream.DeliverEnd();
        _handler.ExpectMsg<Tcp.ConfirmedClosed>();
        ExpectTerminated(_transport);
        Assert.True(_stream.WasDisposed.Task.IsCompleted);
        Assert.False(_stream.WasReset.Task.IsCompleted);
    }

    [Fact]
    public void A_confirmed_close_after_the_peers_end_is_done_at_once()
    {
        Register();
        Resume();
        _stream.DeliverEnd();
        _handler.ExpectMsg<Tcp.PeerClosed>();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _handler.ExpectMsg<Ack>();
        _handler.Send(_transport, Tcp.ConfirmedClose.Instance);
        _handler.ExpectMsg<Tcp.ConfirmedClosed>();
        ExpectTerminated(_transport);
    }

    [Fact]
    public void A_close_waits_for_the_write_and_not_for_the_peer()
    {
        Register();
        _stream.HoldWrites();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _handler.Send(_transport, Tcp.Close.Instance);
        _stream.ReleaseWrites();
        _handler.ExpectMsg<Ack>();
        _handler.ExpectMsg<Tcp.Closed>();
        ExpectTerminated(_transport);
        Assert.True(_stream.IsFinished);
    }

    [Fact]
    public void Whoever_closes_for_the_handler_hears_of_it_too()
    {
        Register();
        var other = CreateTestProbe();
        other.Send(_transport, Tcp.Abort.Instance);
        other.ExpectMsg<Tcp.Aborted>();
        _handler.ExpectMsg<Tcp.Aborted>();
    }

    [Fact]
    public void An_abort_resets_whatever_is_under_way()
    {
        Register();
        Resume();
        _stream.HoldWrites();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _handler.Send(_transport, Tcp.Abort.Instance);
        _handler.ExpectMsg<Tcp.Aborted>();
        ExpectTerminated(_transport);
        Assert.True(_stream.WasReset.Task.IsCompleted);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void Without_keeping_open_the_peers_end_is_the_end()
    {
        Register(keepOpen: false);
        Resume();
        _stream.DeliverEnd();
        _handler.ExpectMsg<Tcp.PeerClosed>();
        ExpectTerminated(_transport);
        Assert.False(_stream.WasReset.Task.IsCompleted);
    }

    [Fact]
    public void An_end_that_was_cut_off_is_an_error()
    {
        Register();
        Resume();
        _stream.CutOff();
        Assert.Contains("close_notify", _handler.ExpectMsg<Tcp.ErrorClosed>().Cause, StringComparison.Ordinal);
        ExpectTerminated(_transport);
        Assert.True(_stream.WasReset.Task.IsCompleted);
    }

    [Fact]
    public void After_this_side_has_closed_any_end_will_do()
    {
        Register();
        Resume();
        _handler.Send(_transport, Tcp.ConfirmedClose.Instance);
        Settle(_transport);
        _stream.CutOff();
        _handler.ExpectMsg<Tcp.ConfirmedClosed>();
        ExpectTerminated(_transport);
        Assert.False(_stream.WasReset.Task.IsCompleted);
    }

    [Fact]
    public void A_read_that_breaks_is_told_with_the_kernels_words()
    {
        Register();
        Resume();
        _stream.BreakRead();
        Assert.Equal("Connection reset by peer", _handler.ExpectMsg<Tcp.ErrorClosed>().Cause);
        ExpectTerminated(_transport);
    }

    [Fact]
    public void A_write_that_breaks_is_told_and_not_acked()
    {
        Register();
        _stream.HoldWrites();
        _handler.Send(_transport, Write(new Ack(), [1]));
        _stream.BreakWrites();
        Assert.Equal("Broken pipe", _handler.ExpectMsg<Tcp.ErrorClosed>().Cause);
        ExpectTerminated(_transport);
    }

    [Fact]
    public void A_handler_that_dies_takes_the_connection_with_it_by_a_reset()
    {
        Register();
        Resume();
        Sys.Stop(_handler.Ref);
        ExpectTerminated(_transport);
        Assert.True(_stream.WasReset.Task.IsCompleted);
        ExpectNoDeadLetters();
    }

    [Fact]
    public void A_handler_that_ends_after_it_has_closed_leaves_the_rest_to_the_kernel()
    {
        Register();
        _stream.HoldFinish();
        _handler.Send(_transport, Tcp.ConfirmedClose.Instance);
        Settle(_transport);
        Sys.Stop(_handler.Ref);
        ExpectTerminated(_transport);
        Assert.True(_stream.WasDisposed.Task.IsCompleted);
        Assert.False(_stream.WasReset.Task.IsCompleted);
    }

    [Fact]
    public void Stopped_with_nobody_registered_it_closes_its_stream()
    {
        Sys.Stop(_transport);
        ExpectTerminated(_transport);
        Assert.True(_stream.WasReset.Task.IsCompleted);
    }

    private sealed class Ack : Tcp.Event;
}
