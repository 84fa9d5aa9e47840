using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Hosting;

/// <summary>The terminal: what was asked for on one stream, complaints on the other.</summary>
internal sealed record ServerConsole(TextWriter Out, TextWriter Error)
{
    /// <summary>Writes one line of result.</summary>
    public void Say(string line) => Out.WriteLine(SafeText.OneLine(line));

    /// <summary>Writes one complaint, under the program's name.</summary>
    public void Complain(string problem) => Error.WriteLine($"actorserver: {SafeText.OneLine(problem)}");
}
