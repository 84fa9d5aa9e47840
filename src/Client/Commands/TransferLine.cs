using ActorNet.Client.Terminal;

namespace ActorNet.Client.Commands;

/// <summary>What is said of a transfer when it is done.</summary>
internal static class TransferLine
{
    public static string Of(string from, string to, long size, TimeSpan time)
    {
        var rate = time > TimeSpan.Zero ? Sizes.Of((long)(size / time.TotalSeconds)) : Sizes.Of(size);
        return $"{SafeText.Of(from)} -> {SafeText.Of(to)}: {Sizes.Of(size)} in {Durations.Of(time)}, {rate}/s";
    }
}
