using ActorNet.Server.Administration;
using ActorNet.Server.Diagnostics;

namespace ActorNet.Server.Hosting;

/// <summary>The terminal: what was asked for on one stream, complaints on the other.</summary>
internal sealed record ServerConsole(TextWriter Out, TextWriter Error)
{
    /// <summary>Where answers come from.</summary>
    public IConsoleInput Input { get; init; } = ProcessInput.Instance;

    /// <summary>Writes one line of result.</summary>
    public void Say(string line) => Out.WriteLine(SafeText.OneLine(line));

    /// <summary>Writes a question, without ending the line. Not a result, so not on its stream.</summary>
    public void Prompt(string question) => Error.Write(SafeText.OneLine(question));

    /// <summary>Writes one complaint, under the program's name.</summary>
    public void Complain(string problem) => Error.WriteLine($"actorserver: {SafeText.OneLine(problem)}");
}
