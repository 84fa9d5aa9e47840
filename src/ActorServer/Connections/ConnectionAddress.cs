namespace ActorNet.Server.Connections;

/// <summary>Where the actor of a connection is, by the connection's id: <c>b3f1c2d4/native/conn-17</c> is run, listener and connection.</summary>
public static class ConnectionAddress
{
    /// <summary>Name of the parent of all listeners, below <c>/user</c>.</summary>
    public const string Listeners = "listeners";

    /// <summary>The path of its actor; of nobody if there is no such connection.</summary>
    public static string PathOf(string connectionId) =>
        $"/user/{Listeners}/{connectionId[(connectionId.IndexOf('/', StringComparison.Ordinal) + 1)..]}";
}
