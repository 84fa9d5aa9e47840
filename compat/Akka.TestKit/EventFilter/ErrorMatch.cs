using Akka.Event;

namespace Akka.TestKit.Internal;

/// <summary>Errors, by the type of their cause (null: any or none) and by their own text or that of the
/// cause.</summary>
internal sealed record ErrorMatch(Type? ExceptionType, TextMatch Text, TextMatch Source, bool Recurse)
{
    public string Description =>
        $"Error{(ExceptionType == null ? "" : $" with cause <{ExceptionType}>")}{Text.Description}{Source.Description}";

    public bool IsMatch(LogEvent logEvent)
    {
        if (logEvent is not Error error || !Source.IsMatch(error.LogSource))
            return false;
        if (ExceptionType == null && Text.IsMatch(TextOf(error.Message)))
            return true;
        for (var cause = error.Cause; cause != null; cause = Recurse ? cause.InnerException : null)
        {
            if ((ExceptionType?.IsInstanceOfType(cause) ?? true)
                && (Text.IsMatch(cause.Message) || Text.IsMatch(TextOf(error.Message))))
                return true;
        }
        return false;
    }

    public static string TextOf(object? message) => message?.ToString() ?? "null";
}
