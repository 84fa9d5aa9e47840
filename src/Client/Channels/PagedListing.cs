using System.Text.Json.Serialization.Metadata;
using System.Threading.Channels;
using ActorNet.Protocol;
using ActorNet.Protocol.Json;

namespace ActorNet.Client.Channels;

/// <summary>The pages of one list; the server sends as many as the window takes and goes on as they are read.</summary>
/// <param name="type">Of every message of the service.</param>
/// <param name="isLast">Whether no page follows.</param>
internal sealed class PagedListing<TAny, TPage>(JsonTypeInfo<TAny> type, Func<TPage, bool> isLast) : IChannelService
    where TAny : class
    where TPage : class, TAny
{
    private readonly Channel<ReceivedPage> _pages = Channel.CreateUnbounded<ReceivedPage>();
    private bool _complete;

    /// <summary>The pages in their order.</summary>
    public async IAsyncEnumerable<TPage> ReadAsync(ClientChannel channel)
    {
        await foreach (var received in _pages.Reader.ReadAllAsync())
        {
            channel.Consume(received.Bytes);
            yield return received.Page;
        }
    }

    /// <inheritdoc />
    public bool HandleMessage(ClientChannel channel, ReadOnlyMemory<byte> json)
    {
        if (_complete || ProtocolJson.Decode(json, type) is not TPage page)
            throw new ProtocolViolationException("A message came in a list that is not a page of it.");
        _complete = isLast(page);
        return !_pages.Writer.TryWrite(new ReceivedPage(page, json.Length));
    }

    /// <inheritdoc />
    public void HandleEnd(ActorNetException? reason)
    {
        if (reason is null && !_complete)
            reason = new ActorNetException(null, "the server closed the list before its last page");
        _pages.Writer.TryComplete(_complete ? null : reason);
    }

    private readonly record struct ReceivedPage(TPage Page, int Bytes);
}
