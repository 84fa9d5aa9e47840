using ActorNet.Server.Settings;
using Akka.Configuration;

namespace ActorNet.Server.Tests.Settings;

/// <summary>hocon/actornet.hocon as the program finds it.</summary>
internal static class ReferenceConfig
{
    public static string Text => File.ReadAllText(ConfigLoader.ReferenceFile);

    public static Config Load() => ListenerDefaults.LayUnder(HoconText.Parse("actornet.hocon", Text));
}
