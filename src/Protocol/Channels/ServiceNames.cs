namespace ActorNet.Protocol.Channels;

/// <summary>Services of version 1, as OPEN names them.</summary>
public static class ServiceNames
{
    /// <summary>Sends DATA back.</summary>
    public const string Echo = "echo";

    /// <summary>Rooms.</summary>
    public const string Chat = "chat";

    /// <summary>Commands on the node.</summary>
    public const string Exec = "exec";

    /// <summary>Files below the node's root.</summary>
    public const string Files = "files";

    /// <summary>Who this connection is and what it may do.</summary>
    public const string Account = "account";

    /// <summary>Who is connected, and the end of a connection.</summary>
    public const string Admin = "admin";
}
