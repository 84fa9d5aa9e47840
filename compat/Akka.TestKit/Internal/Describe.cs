using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Messages and senders in the text of a failure.</summary>
internal static class Describe
{
    public static string One(object? message) => message == null ? "null" : $"{{{message}}} (type {message.GetType()})";

    public static string All<T>(IReadOnlyCollection<T> messages) =>
        messages.Count == 0 ? "none" : string.Join(", ", messages.Select(message => One(message)));

    public static string Sender(IActorRef? sender) => sender?.ToString() ?? "nobody";

    public static string Hint(string? hint) => string.IsNullOrEmpty(hint) ? "" : $" Hint: {hint}";
}
