using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Files;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Connections;
using ActorNet.Server.Files;
using ActorNet.Server.Tests.Access;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Files;

/// <summary>Client stands for the framing here, Service for /user/files, and a third probe for the transfer.</summary>
public sealed class FileChannelTests : FileSpec
{
    private const uint Id = 7;
    private static readonly string Hash = new('a', 64);
    private static readonly ProtocolJsonContext Json = ProtocolJsonContext.Default;
    private readonly TestProbe _transfer;

    public FileChannelTests() => _transfer = CreateTestProbe();

    [Theory]
    [InlineData("{\"type\":\"get\"}")]
    [InlineData("{\"type\":\"erase\",\"path\":\"a\"}")]
    [InlineData("{\"type\":\"put\",\"path\":\"a\",\"size\":\"1\"}")]
    [InlineData("{}")]
    public void Parameters_that_make_no_sense_are_refused_without_asking_the_service(string parameters)
    {
        var channel = Channel(parameters);

        Assert.Equal(ErrorCode.Invalid, Refusal().Code);
        Client.ExpectTerminated(channel);
        Assert.False(Service.HasMessages);
    }

    [Fact]
    public void What_the_service_refuses_is_refused_with_its_code()
    {
        var channel = Channel("""{"type":"get","path":"a"}""");
        Service.ExpectMsg(new StartDownload("alice", "a"));
        Service.Reply(new TransferFailed(ErrorCode.NotFound, "'a' does not exist."));

        Assert.Equal(new ChannelRefused(ErrorCode.NotFound, "'a' does not exist."), Refusal());
        Client.ExpectTerminated(channel);
    }

    [Fact]
    public void A_service_that_is_gone_refuses_the_channel()
    {
        Sys.Stop(Service.Ref);
        Channel("""{"type":"get","path":"a"}""");

        Assert.Equal(ErrorCode.Unavailable, Refusal().Code);
    }

    [Fact]
    public void A_get_asks_for_as_much_as_the_window_takes_and_goes_on_when_it_grows()
    {
        var channel = StartGet(size: 1000, window: 100);
        _transfer.ExpectMsg(new ReadAhead(100));
        _transfer.Send(channel, new FileChunk(new byte[100]));
        Assert.Equal(100, Single(FrameType.Data).Payload.Length);

        Tell(channel, WindowGrant.ToFrame(Id, 300));
        _transfer.ExpectMsg(new ReadAhead(300));
    }

    [Fact]
    public void A_get_ends_with_sent_eof_and_close()
    {
        var channel = StartGet(size: 5, window: 1000);
        _transfer.ExpectMsg(new ReadAhead(5));
        _transfer.Send(channel, new FileChunk("hello"u8.ToArray()));
        _transfer.Send(channel, new DownloadCompleted(5, Hash));

        Assert.Equal("hello"u8, Single(FrameType.Data).Payload.Span);
        var end = Frames();
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], end.Select(f => f.Type));
        Assert.Equal(new FileSent(5, Hash), ProtocolJson.Decode(end[0].Payload, Json.FileEvent));
        Assert.Null(Decode(end[2], Json.ChannelClosed).Code);
        Client.ExpectTerminated(channel);
    }

    [Fact]
    public void The_end_of_a_get_waits_for_room_in_the_window_as_long_as_it_takes()
    {
        var channel = StartGet(size: 1000, window: 1000);
        _transfer.Send(channel, new FileChunk(new byte[1000]));
        Single(FrameType.Data);
        _transfer.Send(channel, new DownloadCompleted(1000, Hash));
        // Longer than a push may wait for the window.
        Scheduler.Advance(TimeSpan.FromSeconds(50));

        Tell(channel, WindowGrant.ToFrame(Id, 1000));

        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], Frames().Select(f => f.Type));
    }

    [Fact]
    public void A_window_in_which_the_end_of_a_get_may_never_have_room_is_that_of_a_slow_consumer()
    {
        var channel = StartGet(size: 100, window: 100);
        _transfer.Send(channel, new FileChunk(new byte[100]));
        Single(FrameType.Data);
        _transfer.Send(channel, new DownloadCompleted(100, Hash));
        // The marker: whatever the completion made it do was done before it answers this.
        channel.Tell(new Identify(1), Client.Ref);
        Client.ExpectMsg<ActorIdentity>();
        Scheduler.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(ErrorCode.SlowConsumer, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
    }

    [Fact]
    public void A_failure_in_the_middle_of_a_get_closes_with_its_code()
    {
        var channel = StartGet(size: 1000, window: 100);
        _transfer.Send(channel, new TransferFailed(ErrorCode.Conflict, "changed"));

        Assert.Equal(new ChannelClosed(ErrorCode.Conflict, "changed"), Decode(Single(FrameType.Close), Json.ChannelClosed));
    }

    [Fact]
    public void A_transfer_that_dies_closes_the_channel_as_internal()
    {
        StartGet(size: 1000, window: 100);
        Sys.Stop(_transfer.Ref);

        Assert.Equal(ErrorCode.Internal, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
    }

    [Fact]
    public void Bytes_of_a_put_are_granted_again_only_when_they_are_written()
    {
        var channel = StartPut(size: 5);
        Tell(channel, new Frame(FrameType.Data, Id, "hel"u8.ToArray()), new Frame(FrameType.Data, Id, "lo"u8.ToArray()));
        Assert.Equal("hel"u8, _transfer.ExpectMsg<FileChunk>().Bytes.Span);
        Assert.Equal("lo"u8, _transfer.ExpectMsg<FileChunk>().Bytes.Span);

        _transfer.Send(channel, new ChunkWritten(3));

        Assert.Equal(3, Client.ExpectMsg<SendFrames>().Consumed);
    }

    [Fact]
    public void A_put_ends_with_stored_eof_and_close()
    {
        var channel = StartPut(size: 0);
        Tell(channel, Commit(Hash), new Frame(FrameType.Eof, Id, default));
        _transfer.ExpectMsg(new CommitUpload(Hash));
        Client.ExpectMsg<SendFrames>(m => Assert.Empty(m.Frames));
        _transfer.Send(channel, new UploadCompleted(0, Hash));

        var end = Frames();
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], end.Select(f => f.Type));
        Assert.Equal(new FileStored(0, Hash), ProtocolJson.Decode(end[0].Payload, Json.FileEvent));
        Client.ExpectTerminated(channel);
    }

    [Theory]
    [InlineData("abc")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz")]
    public void A_commit_without_a_hash_closes_as_invalid(string hash)
    {
        var channel = StartPut(size: 0);
        Tell(channel, Commit(hash));

        Assert.Equal(ErrorCode.Invalid, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
        Assert.False(_transfer.HasMessages);
    }

    [Fact]
    public void A_put_that_ends_without_a_commit_closes_as_invalid()
    {
        var channel = StartPut(size: 0);
        Tell(channel, new Frame(FrameType.Eof, Id, default));

        Assert.Equal(ErrorCode.Invalid, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
    }

    [Fact]
    public void Data_after_the_commit_breaks_the_protocol()
    {
        var channel = StartPut(size: 0);
        Tell(channel, Commit(Hash), new Frame(FrameType.Data, Id, "x"u8.ToArray()));

        Assert.Equal(ErrorCode.ProtocolViolation, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
        _transfer.ExpectMsg<CommitUpload>();
        Assert.False(_transfer.HasMessages);
    }

    [Fact]
    public void Data_before_the_channel_is_open_breaks_the_protocol()
    {
        var channel = Channel("""{"type":"put","path":"a","size":5}""");
        Service.ExpectMsg<StartUpload>();
        Tell(channel, new Frame(FrameType.Data, Id, "x"u8.ToArray()));

        Assert.Equal(ErrorCode.ProtocolViolation, Refusal().Code);
        Client.ExpectTerminated(channel);
    }

    [Fact]
    public void A_commit_before_the_channel_is_open_breaks_the_protocol()
    {
        var channel = Channel("""{"type":"put","path":"a","size":0}""");
        Service.ExpectMsg<StartUpload>();
        Tell(channel, Commit(Hash));

        Assert.Equal(ErrorCode.ProtocolViolation, Refusal().Code);
    }

    [Fact]
    public void Data_in_a_get_breaks_the_protocol()
    {
        var channel = StartGet(size: 10, window: 100);
        Tell(channel, new Frame(FrameType.Data, Id, "x"u8.ToArray()));

        Assert.Equal(ErrorCode.ProtocolViolation, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
    }

    [Fact]
    public void Pages_of_a_list_are_asked_for_as_the_window_has_room_and_the_last_is_the_end()
    {
        var channel = Channel("""{"type":"list","path":"a"}""", window: 1000);
        Service.ExpectMsg(new StartListing("alice", "a"));
        _transfer.Send(channel, ListingStarted.Instance);
        Single(FrameType.Opened);

        _transfer.ExpectMsg(new ReadPage(1000, Rights.All));
        _transfer.Send(channel, new PageRead(new byte[900], IsLast: false));
        Single(FrameType.Message);
        Assert.False(_transfer.HasMessages);
        Tell(channel, WindowGrant.ToFrame(Id, 900));
        _transfer.ExpectMsg(new ReadPage(1000, Rights.All));
        _transfer.Send(channel, new PageRead(new byte[10], IsLast: true));

        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], Frames().Select(f => f.Type));
        Client.ExpectTerminated(channel);
    }

    [Fact]
    public void A_transfer_that_the_client_holds_up_is_closed_after_the_stall_timeout()
    {
        StartGet(size: 1000, window: 100);
        Scheduler.Advance(Settings.StallTimeout);
        Assert.False(Client.HasMessages);

        Scheduler.Advance(Settings.StallTimeout);

        Assert.Equal(ErrorCode.Timeout, Decode(Single(FrameType.Close), Json.ChannelClosed).Code);
    }

    [Fact]
    public void A_slow_commit_is_not_held_against_the_client()
    {
        var channel = StartPut(size: 0);
        Tell(channel, Commit(Hash));
        _transfer.ExpectMsg<CommitUpload>();
        Scheduler.Advance(Settings.StallTimeout * 5);

        _transfer.Send(channel, new UploadCompleted(0, Hash));

        Client.ExpectMsg<SendFrames>(m => Assert.Empty(m.Frames));
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], Frames().Select(f => f.Type));
    }

    [Fact]
    public void A_node_that_drains_lets_a_running_transfer_come_to_its_end()
    {
        var channel = StartGet(size: 5, window: 1000);
        channel.Tell(Drain.Instance);
        _transfer.Send(channel, new FileChunk("hello"u8.ToArray()));
        _transfer.Send(channel, new DownloadCompleted(5, Hash));

        Single(FrameType.Data);
        Assert.Equal([FrameType.Message, FrameType.Eof, FrameType.Close], Frames().Select(f => f.Type));
    }

    private IActorRef StartGet(long size, uint window)
    {
        var channel = Channel("""{"type":"get","path":"a"}""", window);
        Service.ExpectMsg<StartDownload>();
        _transfer.Send(channel, new DownloadStarted(size, DateTimeOffset.UnixEpoch));
        var opened = Decode(Single(FrameType.Opened), Json.ChannelOpened);
        Assert.Equal(new FileOpened(size, DateTimeOffset.UnixEpoch), opened.Result!.Value.Deserialize(Json.FileOpened));
        return channel;
    }

    private IActorRef StartPut(long size)
    {
        var channel = Channel($$"""{"type":"put","path":"a","size":{{size}}}""");
        Service.ExpectMsg(new StartUpload("alice", "a", size));
        _transfer.Send(channel, UploadStarted.Instance);
        Single(FrameType.Opened);
        return channel;
    }

    private IActorRef Channel(string parameters, uint window = 1000)
    {
        var open = new OpenChannel(ServiceNames.Files, window, JsonDocument.Parse(parameters).RootElement);
        var limits = new ChannelSettings(10, OutboundLimit: 1024 * 1024, PushLimit: 64 * 1024, PushAge: TimeSpan.FromSeconds(10));
        var context = new ChannelContext(Id, Client.Ref, "alice", "conn-1", open, Settings.Window, limits)
        {
            Rights = Rights.All,
            Audit = Sys.ActorOf<AuditStub>(),
        };
        var channel = Sys.ActorOf(FileService.Definition(Service.Ref, Settings).CreateChannel(context));
        Client.Watch(channel);
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    private static void Tell(IActorRef channel, params ImmutableArray<Frame> frames) =>
        channel.Tell(new ChannelFrames(frames));

    private static Frame Commit(string hash) =>
        new(FrameType.Message, Id, Encoding.UTF8.GetBytes($$"""{"type":"commit","sha256":"{{hash}}"}"""));

    private ImmutableArray<Frame> Frames() => Client.ExpectMsg<SendFrames>().Frames;

    private Frame Single(FrameType type)
    {
        var frame = Frames().Single();
        Assert.Equal(type, frame.Type);
        return frame;
    }

    private ChannelRefused Refusal() => Decode(Single(FrameType.Refused), Json.ChannelRefused);

    private static T Decode<T>(Frame frame, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        ProtocolJson.Decode(frame.Payload, type);
}
