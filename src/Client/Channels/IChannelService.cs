namespace ActorNet.Client.Channels;

/// <summary>
/// What a service makes of its channel's messages and end. Called by the connection's read loop, so never slow and
/// never blocking.
/// </summary>
internal interface IChannelService
{
    /// <summary>
    /// A MESSAGE came; the bytes are valid until this returns. True: dealt with. False: the service keeps it and calls
    /// <see cref="ClientChannel.Consume"/> later.
    /// </summary>
    bool HandleMessage(ClientChannel channel, ReadOnlyMemory<byte> json);

    /// <summary>
    /// The channel is over, exactly once. A null reason: the server did what the channel was opened for.
    /// </summary>
    void HandleEnd(ActorNetException? reason);
}
