namespace ActorNet.EndToEnd.Tests.Support;

/// <summary>Tests that take all there is of processor time and sockets, or that measure it: one after the other, and no others beside.</summary>
[CollectionDefinition(nameof(Loud), DisableParallelization = true)]
public sealed class Loud;
