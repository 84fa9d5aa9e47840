namespace ActorNet.Client.Commands;

/// <summary>Where a talk is typed and shown. Lines may be printed at any time, from anywhere.</summary>
internal interface IChatConsole
{
    /// <summary>Prints a line without tearing what is being typed.</summary>
    void Print(string line);

    /// <summary>What is typed, line by line, to the end of input.</summary>
    IAsyncEnumerable<string> ReadLinesAsync(CancellationToken cancellation);

    /// <summary>Leaves the terminal as it was.</summary>
    void Close();
}
