using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace ActorNet.Server.Settings;

/// <summary>
/// Parses HOCON with the complaints that Akka's parser leaves out: it takes a missing brace, <c>+=</c> and <c>${?x}</c>
/// without a word, and drops what they cost.
/// </summary>
internal static class HoconText
{
    /// <summary>
    /// Whether a value is a list. HoconValue.IsArray is false for an empty one, and the blank behind a list that its line does not end
    /// with counts for Akka as a text of its own.
    /// </summary>
    public static bool IsList(HoconValue value) =>
        value.Values.Exists(element => element.IsArray()) && value.Values.TrueForAll(element => element.IsArray() || IsBlank(element));

    private static bool IsBlank(IHoconElement element) => element.IsString() && string.IsNullOrWhiteSpace(element.GetString());

    /// <summary>Parses <paramref name="text"/>; <paramref name="name"/> says in errors where it comes from.</summary>
    /// <exception cref="InvalidSettingsException">It is no HOCON that Akka's parser reads as it is meant.</exception>
    public static Config Parse(string name, string text)
    {
        if (new HoconScanner(text).FindProblem() is var (line, problem))
            throw new InvalidSettingsException([$"{name}, line {line}: {problem}"]);
        if (string.IsNullOrWhiteSpace(text)) return Config.Empty;
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        // The parser throws Exception itself ("End of file reached"), and whatever its reading of bad text runs into.
        catch (Exception e)
        {
            var reason = e.Message.ReplaceLineEndings(" ");
            throw new InvalidSettingsException([$"{name}: is not HOCON: {reason}"]);
        }
    }
}
