using System.Globalization;

namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>The server as a program: what it is started with, and what it says of itself.</summary>
internal static class NodeProgram
{
    private const string Listens = "  listens  127.0.0.1:";

    /// <summary>Any ports, and its data in the folder.</summary>
    public static string[] Arguments(TemporaryFolder folder, params string[] more) =>
    [
        "--data", folder["data"], "--set", "actornet.listeners.native.port=0", "--set", "actornet.listeners.tls.port=0",
        "--set", "actornet.logging.console-level=off", .. more,
    ];

    /// <summary>The port in plaintext, once all of it runs.</summary>
    public static async Task<int> ListensAsync(ProgramRun server)
    {
        // The port is told before the last line, and that is told when all of it runs.
        for (var port = 0; ;)
        {
            var line = await server.Output.ReadLineAsync();
            // No line of the report is empty: that is the end of the output.
            Assert.NotEqual("", line);
            if (line.StartsWith("  stop ", StringComparison.Ordinal)) return port;
            if (line.StartsWith(Listens, StringComparison.Ordinal) && line.EndsWith("(native)", StringComparison.Ordinal))
                port = int.Parse(line[Listens.Length..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
    }
}
