using System.Diagnostics.CodeAnalysis;
using ActorNet.Client.Channels;

namespace ActorNet.Client.Connections;

/// <summary>
/// The channels of a connection by number. A number is free again when both sides have closed; new ones count up and
/// skip what is taken.
/// </summary>
internal sealed class ChannelTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, ClientChannel> _channels = [];
    private uint _last;
    private ActorNetException? _closed;

    /// <summary>Adds the channel that <paramref name="create"/> makes of a free number.</summary>
    /// <exception cref="ActorNetException">The connection is over.</exception>
    public ClientChannel Add(Func<uint, ClientChannel> create)
    {
        lock (_gate)
        {
            if (_closed is not null) throw _closed;
            do
            {
                _last++;
            }
            while (_last == 0 || _channels.ContainsKey(_last));

            return _channels[_last] = create(_last);
        }
    }

    /// <summary>The channel of a frame.</summary>
    public bool TryGet(uint id, [NotNullWhen(true)] out ClientChannel? channel)
    {
        lock (_gate) return _channels.TryGetValue(id, out channel);
    }

    /// <summary>Both sides have closed.</summary>
    public void Remove(uint id)
    {
        lock (_gate) _channels.Remove(id);
    }

    /// <summary>Takes no more channels and ends those there are. False when that was done before.</summary>
    public bool Close(ActorNetException reason)
    {
        ClientChannel[] channels;
        lock (_gate)
        {
            if (_closed is not null) return false;
            _closed = reason;
            channels = [.. _channels.Values];
            _channels.Clear();
        }

        foreach (var channel in channels) channel.Fail(reason);
        return true;
    }

    /// <summary>Why no more channels are taken; null while the connection is up.</summary>
    public ActorNetException? Closed
    {
        get
        {
            lock (_gate) return _closed;
        }
    }
}
