namespace ActorNet.Protocol.Exec;

/// <summary>
/// <c>params</c> of OPEN for the service <c>exec</c>: <c>{"argv":["ls","-l"]}</c> or <c>{"shell":"ls | wc -l"}</c>, exactly one of the two.
/// Then DATA of the client is stdin (EOF ends it), DATA of the server is stdout, EXTENDED_DATA is stderr; when the command has
/// ended and its output is sent, one <see cref="ExecEvent"/>, EOF and CLOSE follow.
/// </summary>
/// <param name="Argv">Program and arguments, passed on as they are; no shell looks at them.</param>
/// <param name="Shell">A command line for the node's shell.</param>
/// <param name="Cwd">Working directory; absent: the node's setting.</param>
/// <param name="TimeoutMs">The command is killed after so many milliseconds; absent: the node's setting.</param>
public sealed record ExecRequest(IReadOnlyList<string>? Argv = null, string? Shell = null, string? Cwd = null, long? TimeoutMs = null);

/// <summary><c>result</c> of OPENED: <c>{"job":"j-17","pid":4711}</c>.</summary>
public sealed record ExecStarted(string Job, int Pid);
