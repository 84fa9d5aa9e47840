namespace ActorNet.Server.Transports;

/// <summary>
/// What carries the bytes of one connection, under a <see cref="StreamTransportActor"/>: one read and one write at a time, beside each
/// other. What is under way when it is disposed of ends with an exception.
/// </summary>
internal interface ITransportStream : IDisposable
{
    /// <summary>
    /// Whether the end that was read was none that the peer had declared: anybody on the way can forge that one, and cut off what would
    /// have followed. Known once a read has returned 0.
    /// </summary>
    bool WasCutOff { get; }

    /// <summary>Reads; 0 at the end. With an empty buffer it waits until there is something, and holds nothing while it waits.</summary>
    ValueTask<int> ReadAsync(Memory<byte> buffer);

    /// <summary>Writes all of it.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes);

    /// <summary>Declares the end of this side. Reading goes on.</summary>
    Task FinishSendingAsync();

    /// <summary>Breaks the connection; what the kernel has not delivered yet is lost.</summary>
    void Reset();
}
