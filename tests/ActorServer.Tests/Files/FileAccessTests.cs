using System.Text.Json;
using ActorNet.Protocol;
using ActorNet.Protocol.Channels;
using ActorNet.Protocol.Frames;
using ActorNet.Protocol.Json;
using ActorNet.Server.Access;
using ActorNet.Server.Audit;
using ActorNet.Server.Connections;
using ActorNet.Server.Files;
using Akka.Actor;
using Akka.TestKit;

namespace ActorNet.Server.Tests.Files;

/// <summary>Files and rights: Client is the framing, Service /user/files, and two more probes the transfer and the audit.</summary>
public sealed class FileAccessTests : FileSpec
{
    private const uint Id = 7;
    private static readonly string Hash = new('a', 64);
    private readonly TestProbe _transfer;
    private readonly TestProbe _audit;

    public FileAccessTests() => (_transfer, _audit) = (CreateTestProbe(), CreateTestProbe());

    [Theory]
    [InlineData("file.read:/pub/**", """{"type":"get","path":"pub/a"}""", true)]
    [InlineData("file.read:/pub/**", """{"type":"get","path":"/pub/a"}""", true)]
    [InlineData("file.read:/pub/**", """{"type":"list","path":"pub"}""", true)]
    [InlineData("file.read:/pub/**", """{"type":"list","path":""}""", false)]
    [InlineData("file.read:/pub/**", """{"type":"get","path":"public"}""", false)]
    [InlineData("file.read:/**", """{"type":"put","path":"a","size":1}""", false)]
    [InlineData("file.write:/in/*", """{"type":"put","path":"in/a","size":1}""", true)]
    [InlineData("file.write:/in/*", """{"type":"put","path":"in/a/b","size":1}""", false)]
    [InlineData("file.write:/**", """{"type":"get","path":"a"}""", false)]
    [InlineData("file.write:/**", """{"type":"list","path":"a"}""", false)]
    [InlineData("exec.*", """{"type":"get","path":"a"}""", false)]
    public void A_request_takes_the_right_to_its_path(string right, string request, bool granted)
    {
        Open(request, new Rights([right], []));

        if (granted)
        {
            Write();
            Assert.NotNull(Service.ReceiveOne(TimeSpan.FromSeconds(10)));
        }
        else
        {
            Assert.Equal(ErrorCode.Forbidden, Refused().Code);
            Assert.Equal("forbidden", _audit.ExpectMsg<Note>().Event.Outcome);
            Assert.False(Service.HasMessages);
        }
    }

    [Theory]
    [InlineData("pub/../secret")]
    [InlineData("//secret")]
    [InlineData("pub//a")]
    [InlineData("pub/")]
    public void A_path_that_no_file_can_have_is_invalid_before_it_is_held_against_rights(string path)
    {
        Open($$"""{"type":"get","path":"{{path}}"}""", new Rights(["file.read:/pub/**"], []));

        Assert.Equal(ErrorCode.Invalid, Refused().Code);
        Assert.False(_audit.HasMessages);
    }

    [Fact]
    public void The_audit_has_the_path_and_the_request()
    {
        Open("""{"type":"put","path":"in/a","size":12}""", Rights.All);

        var noted = _audit.ExpectMsg<NoteFirst>().Event;

        Assert.Equal(("file.write", "ok", "/in/a"), (noted.Act, noted.Outcome, noted.Subject));
        Assert.Equal([("channel", "7"), ("request", "put"), ("size", "12")], noted.Details.Select(d => (d.Key, d.Value)));
    }

    [Fact]
    public void A_get_that_was_sent_whole_ends_with_its_size_and_hash()
    {
        var channel = StartGet();
        _transfer.Send(channel, new FileChunk("hello"u8.ToArray()));
        _transfer.Send(channel, new DownloadCompleted(5, Hash));

        ExpectEnd(("file.get.end", "ok", "/a"), ("size", "5"), ("sha256", Hash));
    }

    [Fact]
    public void A_get_that_the_client_closes_was_cancelled()
    {
        var channel = StartGet();

        channel.Tell(new ChannelFrames([new ChannelClosed().ToFrame(Id)]));

        ExpectEnd(("file.get.end", "cancelled", "/a"));
    }

    [Fact]
    public void A_get_whose_connection_is_gone_was_cancelled()
    {
        Sys.Stop(StartGet());

        ExpectEnd(("file.get.end", "cancelled", "/a"));
    }

    [Fact]
    public void A_get_of_nothing_ends_with_that()
    {
        Open("""{"type":"get","path":"a"}""", Rights.All);
        Write();
        Service.ExpectMsg<StartDownload>();
        Service.Reply(new TransferFailed(ErrorCode.NotFound, "'a' does not exist."));

        ExpectEnd(("file.get.end", "not-found", "/a"));
    }

    [Fact]
    public void A_put_that_is_stored_ends_with_its_size_and_hash_and_one_cut_off_in_the_commit_says_so()
    {
        var channel = StartPut();
        channel.Tell(Commit());
        _transfer.ExpectMsg<CommitUpload>();
        _transfer.Send(channel, new UploadCompleted(5, Hash));
        Single(FrameType.Close);
        ExpectEnd(("file.put.end", "ok", "/a"), ("size", "5"), ("sha256", Hash));

        channel = StartPut();
        channel.Tell(Commit());
        _transfer.ExpectMsg<CommitUpload>();
        Sys.Stop(channel);
        ExpectEnd(("file.put.end", "cancelled", "/a"), ("stored", "unknown"));
    }

    [Fact]
    public void A_right_that_is_taken_away_ends_the_transfer()
    {
        var channel = StartGet();

        channel.Tell(new RightsChanged(new Rights(["file.*"], ["file.read:/a"])));

        var closed = Decode(Single(FrameType.Close), ProtocolJsonContext.Default.ChannelClosed);
        Assert.Equal(new ChannelClosed(ErrorCode.Forbidden, "the right file.read:/a was taken away"), closed);
        Client.ExpectTerminated(channel);
        var refused = Noted();
        Assert.Equal(("file.read", "forbidden", "/a"), (refused.Act, refused.Outcome, refused.Subject));
        ExpectEnd(("file.get.end", "forbidden", "/a"));
    }

    [Fact]
    public void A_list_asks_for_pages_with_the_rights_of_now()
    {
        var channel = Open("""{"type":"list","path":"pub"}""", Rights.All, window: 100_000);
        Write();
        Service.ExpectMsg<StartListing>();
        var less = new Rights(["file.read:/pub/**"], ["file.read:/pub/secret"]);
        channel.Tell(new RightsChanged(less));
        _transfer.Send(channel, ListingStarted.Instance);

        Assert.Equal(less, _transfer.ExpectMsg<ReadPage>().Rights);
    }

    private AuditEvent Noted() => _audit.ExpectMsg<Note>().Event;

    private void ExpectEnd((string Act, string Outcome, string Subject) end, params (string, string)[] details)
    {
        var noted = Noted();
        Assert.Equal(end, (noted.Act, noted.Outcome, noted.Subject));
        Assert.Equal([("channel", "7"), .. details], noted.Details.Select(detail => (detail.Key, detail.Value)));
    }

    private IActorRef StartGet()
    {
        var channel = Open("""{"type":"get","path":"a"}""", Rights.All);
        Write();
        Service.ExpectMsg<StartDownload>();
        _transfer.Send(channel, new DownloadStarted(5, DateTimeOffset.UnixEpoch));
        Single(FrameType.Opened);
        return channel;
    }

    private IActorRef StartPut()
    {
        var channel = Open("""{"type":"put","path":"a","size":5}""", Rights.All);
        Write();
        Service.ExpectMsg<StartUpload>();
        _transfer.Send(channel, UploadStarted.Instance);
        Single(FrameType.Opened);
        return channel;
    }

    private static ChannelFrames Commit() => new(
        [new Frame(FrameType.Message, Id, System.Text.Encoding.UTF8.GetBytes($$"""{"type":"commit","sha256":"{{Hash}}"}"""))]);

    private IActorRef Open(string parameters, Rights rights, uint window = 1000)
    {
        var open = new OpenChannel(ServiceNames.Files, window, JsonDocument.Parse(parameters).RootElement);
        var limits = new ChannelSettings(10, OutboundLimit: 1024 * 1024, PushLimit: 64 * 1024, PushAge: TimeSpan.FromSeconds(10));
        var context = new ChannelContext(Id, Client.Ref, "alice", "conn-1", open, Settings.Window, limits)
        {
            Rights = rights,
            Audit = _audit,
        };
        var channel = Client.Watch(Sys.ActorOf(FileService.Definition(Service.Ref, Settings).CreateChannel(context)));
        channel.Tell(StartChannel.Instance);
        return channel;
    }

    private void Write() => _audit.Reply(new Noted(_audit.ExpectMsg<NoteFirst>().Tag));

    private Frame Single(FrameType type)
    {
        var frames = ((SendFrames)Client.FishForMessage(m => m is SendFrames { Frames.IsEmpty: false })).Frames;
        return Assert.Single(frames, frame => frame.Type == type);
    }

    private ChannelRefused Refused() => Decode(Single(FrameType.Refused), ProtocolJsonContext.Default.ChannelRefused);

    private static T Decode<T>(Frame frame, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        ProtocolJson.Decode(frame.Payload, type);
}
