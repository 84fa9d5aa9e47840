namespace ActorNet.Protocol.Tests.Specification;

/// <summary>A fenced block: <c>```kind key=value key=value</c> and its lines.</summary>
internal sealed record FencedBlock(string Kind, IReadOnlyDictionary<string, string> Attributes, IReadOnlyList<string> Lines)
{
    public string this[string attribute] =>
        Find(attribute) ?? throw new InvalidDataException($"A {Kind} block of the specification has no {attribute}=.");

    public string? Find(string attribute) => Attributes.GetValueOrDefault(attribute);

    public static FencedBlock From(string info, string body)
    {
        var words = info.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new FencedBlock(
            words[0],
            words.Skip(1).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? ""),
            body.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
