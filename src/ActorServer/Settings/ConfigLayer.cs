using Akka.Configuration;

namespace ActorNet.Server.Settings;

/// <summary>One source of settings.</summary>
/// <param name="Name">How a person would name it: a file, <c>environment</c>, <c>command line</c>.</param>
/// <param name="Config">What it says.</param>
public sealed record ConfigLayer(string Name, Config Config);
