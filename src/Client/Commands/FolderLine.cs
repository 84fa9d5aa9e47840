using System.Globalization;
using ActorNet.Client.Terminal;
using ActorNet.Protocol.Files;

namespace ActorNet.Client.Commands;

/// <summary>
/// An entry of a folder as a row: size, time, name; columns of fixed width, so that rows can be printed as they come.
/// </summary>
internal static class FolderLine
{
    public static string Of(FolderEntry entry, TimeZoneInfo zone)
    {
        var size = entry.Kind switch
        {
            EntryKind.File => Sizes.Of(entry.Size),
            EntryKind.Folder => "folder",
            _ => "other",
        };
        var modified = TimeZoneInfo.ConvertTime(entry.Modified, zone).ToString(
            "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return $"{size,10}  {modified}  {SafeText.Of(entry.Name)}{(entry.Kind == EntryKind.Folder ? "/" : "")}";
    }
}
