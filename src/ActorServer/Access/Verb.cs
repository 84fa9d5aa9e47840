namespace ActorNet.Server.Access;

/// <summary>What an account may be allowed to do. A closed list; written in kebab case with dots: <c>chat.join</c>.</summary>
public enum Verb
{
    /// <summary><c>echo.open</c>: use the echo service. No scope.</summary>
    EchoOpen,

    /// <summary><c>chat.join:ROOM</c>: enter a room, and so read and speak there.</summary>
    ChatJoin,

    /// <summary><c>exec.run:PROGRAM</c>: run a program, argv[0] as the client writes it.</summary>
    ExecRun,

    /// <summary><c>exec.shell</c>: run command lines, and so anything. No scope.</summary>
    ExecShell,

    /// <summary><c>file.read:/PATH</c>: get a file, list a folder.</summary>
    FileRead,

    /// <summary><c>file.write:/PATH</c>: put a file.</summary>
    FileWrite,

    /// <summary><c>admin.sessions</c>: see who is connected. No scope.</summary>
    AdminSessions,

    /// <summary><c>admin.disconnect:ACCOUNT</c>: end a connection of that account.</summary>
    AdminDisconnect,
}
