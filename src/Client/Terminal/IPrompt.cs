namespace ActorNet.Client.Terminal;

/// <summary>Whether what is typed can be seen.</summary>
internal enum Typing
{
    /// <summary>It is shown.</summary>
    Shown,

    /// <summary>Nothing is shown, not even how long it is.</summary>
    Hidden,
}

/// <summary>Somebody at a terminal who can be asked.</summary>
internal interface IPrompt
{
    /// <summary>Asks, and waits for a line; null at the end of input.</summary>
    Task<string?> AskAsync(string question, Typing typing, CancellationToken cancellation);
}
