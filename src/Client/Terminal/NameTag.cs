using ActorNet.Protocol.Chat;

namespace ActorNet.Client.Terminal;

/// <summary>
/// A member of a room as it is shown: <c>alice</c> when the name is the account, else <c>Alice (admin)</c>: the name is
/// claimed, the account is proven. The colour follows from the two, the same in every session.
/// </summary>
internal static class NameTag
{
    // the readable ones of the sixteen, on light and on dark
    private static readonly int[] Colours = [31, 32, 33, 34, 35, 36, 91, 92, 94, 95, 96];

    public static string Of(ChatMember member) =>
        SafeText.Of(member.Name.Length == 0 || member.Name == member.Account ? member.Account
            : $"{member.Name} ({member.Account})");

    public static string Coloured(ChatMember member) =>
        $"\e[{Colours[Hash(member) % (uint)Colours.Length]}m{Of(member)}\e[0m";

    // FNV-1a: string.GetHashCode differs from process to process
    private static uint Hash(ChatMember member)
    {
        var hash = 2166136261u;
        foreach (var c in member.Account + "\0" + member.Name) hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
