using System.Net;
using System.Net.Sockets;

namespace ActorNet.Server.Listening;

/// <summary>A port that connections are taken from, one at a time.</summary>
internal interface IAcceptingSocket : IDisposable
{
    /// <summary>Where it is bound.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>Waits for the next connection.</summary>
    /// <exception cref="SocketException">This one could not be taken, or none can now: there are no descriptors left.</exception>
    /// <exception cref="ObjectDisposedException">The port was closed.</exception>
    Task<Socket> AcceptAsync();
}
