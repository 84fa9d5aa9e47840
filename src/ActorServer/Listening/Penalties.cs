using System.Runtime.InteropServices;

namespace ActorNet.Server.Listening;

/// <summary>
/// What sources owe for what they did, after OpenSSH's PerSourcePenalties: every fault adds its time, which runs down by the clock; a
/// source that owes more than the least is refused until nothing is left. Not thread-safe.
/// </summary>
/// <remarks>
/// The table is bounded. When it is full, the debt that would end first is forgotten, as OpenSSH's <c>overflow:permissive</c> does.
/// To refuse whoever is new instead (<c>deny-all</c>) would let an attacker with many addresses lock out everybody else. This way they
/// gain that their small debts are forgiven, and only while larger ones fill the table: to have a large one forgotten they must run up
/// larger ones with as many addresses as it has places.
/// </remarks>
internal sealed class Penalties(PenaltySettings settings, int maxSources)
{
    private readonly Dictionary<Source, Debt> _debts = [];

    // The same sources, in the order in which their debts end.
    private readonly SortedSet<(TimeSpan Ends, Source Source)> _byEnd = [];

    /// <summary>Sources that owe something, or did when last a fault was added.</summary>
    public int Count => _debts.Count;

    /// <summary>Adds a fault of <paramref name="source"/>.</summary>
    public void Add(Source source, Fault fault, TimeSpan now)
    {
        var cost = settings.Of(fault);
        if (cost == TimeSpan.Zero) return;
        while (_byEnd.Count > 0 && _byEnd.Min.Ends <= now) ForgetFirst();
        ref var debt = ref CollectionsMarshal.GetValueRefOrAddDefault(_debts, source, out var owes);
        if (owes) _byEnd.Remove((debt.Ends, source));
        var left = (owes ? debt.Ends - now : TimeSpan.Zero) + cost;
        if (left > settings.Max) left = settings.Max;
        debt = new Debt(now + left, debt.IsEnforced || left > settings.Min);
        _byEnd.Add((debt.Ends, source));
        if (_debts.Count > maxSources) ForgetFirst();
    }

    /// <summary>How long <paramref name="source"/> is still refused; nothing when it is not.</summary>
    public TimeSpan RefusedFor(Source source, TimeSpan now) =>
        _debts.TryGetValue(source, out var debt) && debt.IsEnforced && debt.Ends > now ? debt.Ends - now : TimeSpan.Zero;

    private void ForgetFirst()
    {
        var first = _byEnd.Min;
        _byEnd.Remove(first);
        _debts.Remove(first.Source);
    }

    // Enforced to its end: a source that was let in again at the least would be one fault away from the next refusal.
    private readonly record struct Debt(TimeSpan Ends, bool IsEnforced);
}
