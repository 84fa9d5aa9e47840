using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace ActorNet.Protocol.Tests.Support;

/// <summary>Properties, checked with the same cases in every run. A failure prints its case, shrunk, and the seed.</summary>
internal static class Property
{
    private const ulong Seed = 20_260_131;
    private const ulong Gamma = 4_255;

    public static void Holds<T>(Arbitrary<T> cases, Action<T> property, int runs = 500) =>
        Check.One(
            Config.QuickThrowOnFailure
                .WithMaxTest(runs)
                .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed, Gamma), FSharpOption<int>.None))),
            Prop.ForAll(cases, property));

    public static void Holds<T>(Gen<T> cases, Action<T> property, int runs = 500) => Holds(cases.ToArbitrary(), property, runs);

    /// <summary>Bytes of any length from nothing to a few hundred.</summary>
    public static Gen<byte[]> Bytes { get; } = Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf();
}
