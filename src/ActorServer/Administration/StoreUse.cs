namespace ActorNet.Server.Administration;

/// <summary>What a command does where there is no store of accounts: most likely, it was run in the wrong directory.</summary>
internal enum StoreUse
{
    /// <summary>Says so.</summary>
    Existing,

    /// <summary>Makes one, as accounts may be made before the first start.</summary>
    MakeIfMissing,
}
