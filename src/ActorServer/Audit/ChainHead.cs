namespace ActorNet.Server.Audit;

/// <summary>The end of a chain of records: what the next one follows.</summary>
/// <param name="Seq">Number of the last record; 0: there is none yet.</param>
/// <param name="Hash">Its hash, 64 hex digits.</param>
internal readonly record struct ChainHead(long Seq, string Hash)
{
    /// <summary>Before the first record, whose <c>prev</c> is 64 zeros.</summary>
    public static readonly ChainHead Start = new(0, new string('0', 64));
}
