using System.Diagnostics.CodeAnalysis;

namespace ActorNet.Server.Listening.Tls;

/// <summary>
/// How many handshakes of the node compute at once: they run on the threads that the actors run on, and those who are logged in come first.
/// Who waits does so in the order of arrival. Thread-safe.
/// </summary>
/// <param name="most"><c>actornet.admission.max-handshakes</c>.</param>
[SuppressMessage("Design", "CA1001", Justification = "A semaphore without a wait handle holds nothing that is to be let go of.")]
internal sealed class HandshakeTurns(int most)
{
    private readonly SemaphoreSlim _free = new(most);

    /// <summary>Waits for a turn, which ends with <see cref="Give"/>.</summary>
    public Task TakeAsync() => _free.WaitAsync();

    /// <summary>A turn is over.</summary>
    public void Give() => _free.Release();
}

/// <summary>The turn of one handshake: it has it while it computes, and gives it back while it waits for its peer.</summary>
internal sealed class HandshakeTurn(HandshakeTurns turns)
{
    private bool _isTaken;

    /// <summary>Waits until it may compute.</summary>
    public async ValueTask BeginAsync()
    {
        await turns.TakeAsync();
        _isTaken = true;
    }

    /// <summary>It waits for its peer, or is done.</summary>
    public void End()
    {
        if (!_isTaken) return;
        _isTaken = false;
        turns.Give();
    }
}
