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
}
