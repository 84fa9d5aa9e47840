using System.Security.Cryptography;
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

namespace ActorNet.Server.Tests.Files;

/// <summary>
/// Channel, service and transfer together; Client stands for the framing and for a client behind it that keeps to its
/// window.
/// </summary>
public sealed class FileTransferTests : FileSpec
{
    private const uint Id = 7;
    private readonly FileSettings _settings;
    private readonly IActorRef _files;

    public FileTransferTests()
    {
        _settings = Settings with { MaxFileSize = 1L << 30, PageSize = 4 * 1024 };
        _files = Sys.ActorOf(FileActor.Props(_settings));
    }

    // Windows and limits that divide chunk and page badly: nobody may wait for room that never comes.
    [Theory]
    [InlineData(1000, 16 * 1024)]
    [InlineData(100_000, 20_000)]
    [InlineData(1024 * 1024, 16 * 1024)]
    [InlineData(1024 * 1024, 1024 * 1024)]
    public void A_get_brings_every_byte_whatever_the_window(int window, int outboundLimit)
    {
        var content = RandomNumberGenerator.GetBytes(1_000_000);
        File.WriteAllBytes(Folder.In("file"), content);

        var (bytes, events) = Receive("""{"type":"get","path":"file"}""", window, outboundLimit);

        Assert.Equal(content, bytes);
        Assert.Equal([new FileSent(content.Length, Convert.ToHexStringLower(SHA256.HashData(content)))], events);
    }

    [Theory]
    [InlineData(1000, 16 * 1024)]
    [InlineData(10_000, 16 * 1024)]
    [InlineData(1024 * 1024, 1024 * 1024)]
    public void A_list_brings_every_entry_whatever_the_window(int window, int outboundLimit)
    {
        var names = Enumerable.Range(0, 500).Select(i => $"{i:000}-{new string('n', i % 50)}").ToList();
        foreach (var name in names) Folder.Write($"folder/{name}", "");

        var (_, events) = Receive("""{"type":"list","path":"folder"}""", window, outboundLimit);

        var pages = events.Cast<FolderPage>().ToList();
        Assert.Equal(names, pages.SelectMany(p => p.Entries).Select(e => e.Name));
        Assert.Equal([.. Enumerable.Repeat(false, pages.Count - 1), true], pages.Select(p => p.Last));
    }

    [Fact]
    public void A_put_is_stored_and_every_byte_of_the_window_is_given_back()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);
        var channel = Channel($$"""{"type":"put","path":"file","size":{{content.Length}}}""", 1000, 1024 * 1024);
        var window = Assert.Single(Client.ExpectMsg<SendFrames>().Frames).Type == FrameType.Opened ? _settings.Window.Initial : 0;

        for (var sent = 0; sent < content.Length;)
        {
            var piece = Math.Min(Math.Min(window, 50_000), content.Length - sent);
            if (piece > 0) channel.Tell(new ChannelFrames([new Frame(FrameType.Data, Id, content.AsMemory(sent, piece))]));
            else window += Client.ExpectMsg<SendFrames>().Consumed;
            sent += piece;
            window -= piece;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        var commit = Encoding.UTF8.GetBytes($$"""{"type":"commit","sha256":"{{hash}}"}""");
        channel.Tell(new ChannelFrames([new Frame(FrameType.Message, Id, commit)]));

        var (_, events) = ReceiveUntilClosed(channel, 1000);
        Assert.Equal([new FileStored(content.Length, hash)], events);
        Assert.Equal(content, File.ReadAllBytes(Folder.In("file")));
    }

    [Fact]
    public void A_client_that_closes_in_the_middle_of_a_put_leaves_nothing()
    {
        var channel = Channel("""{"type":"put","path":"file","size":1000}""", 1000, 16 * 1024);
        Client.ExpectMsg<SendFrames>();
        var partial = Assert.Single(Folder.Partials);

        channel.Tell(new ChannelFrames([new ChannelClosed().ToFrame(Id)]));

        Assert.Equal(FrameType.Close, Assert.Single(Client.ExpectMsg<SendFrames>().Frames).Type);
        Client.ExpectTerminated(channel);
        AwaitCondition(() => !File.Exists(partial));
        Assert.False(File.Exists(Folder.In("file")));
    }

    [Fact]
    public void A_service_whose_root_cannot_be_used_refuses_every_channel()
    {
        var files = Sys.ActorOf(FileActor.Props(_settings with { Root = Folder.Write("file", "") }));
        Channel("""{"type":"list","path":"/"}""", 1000, 16 * 1024, files);

        var refused = Assert.Single(Client.ExpectMsg<SendFrames>().Frames);
        var json = ProtocolJson.Decode(refused.Payload, ProtocolJsonContext.Default.ChannelRefused);
        Assert.Equal((FrameType.Refused, ErrorCode.Unavailable), (refused.Type, json.Code));
    }

    private (byte[] Bytes, List<FileEvent> Events) Receive(string parameters, int window, int outboundLimit) =>
        ReceiveUntilClosed(Channel(parameters, window, outboundLimit), window);

    private (byte[] Bytes, List<FileEvent> Events) ReceiveUntilClosed(IActorRef channel, int window)
    {
        var bytes = new MemoryStream();
        var events = new List<FileEvent>();
        var receiving = new ReceiveWindow(Id, window, window);
        while (true)
        {
            var message = Client.ExpectMsg<SendFrames>();
            foreach (var frame in message.Frames)
            {
                receiving.Receive(frame.WindowCost);
                if (frame.Type == FrameType.Data) bytes.Write(frame.Payload.Span);
                if (frame.Type == FrameType.Message) events.Add(ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.FileEvent));
                if (frame.Type == FrameType.Close)
                {
                    Assert.Null(ProtocolJson.Decode(frame.Payload, ProtocolJsonContext.Default.ChannelClosed).Code);
                    return (bytes.ToArray(), events);
                }

                var grant = receiving.Consume(frame.WindowCost);
                if (grant > 0) channel.Tell(new ChannelFrames([WindowGrant.ToFrame(Id, grant)]));
            }

            if (message.NotifyWhenFlushed) channel.Tell(FramesFlushed.Instance);
        }
    }

    private IActorRef Channel(string parameters, int window, int outboundLimit, IActorRef? files = null)
    {
        var open = new OpenChannel(ServiceNames.Files, (uint)window, JsonDocument.Parse(parameters).RootElement);
        var limits = new ChannelSettings(10, outboundLimit, PushLimit: 64 * 1024, PushAge: TimeSpan.FromSeconds(10));
        var context = new ChannelContext(Id, Client.Ref, "alice", "conn-1", open, _settings.Window, limits)
        {
            Rights = Rights.All,
            Audit = Sys.ActorOf<AuditStub>(),
        };
        var channel = Sys.ActorOf(FileService.Definition(files ?? _files, _settings).CreateChannel(context));
        Client.Watch(channel);
        channel.Tell(StartChannel.Instance);
        return channel;
    }
}
