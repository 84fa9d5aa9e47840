using System.Text;
using ActorNet.Server.Hosting;
using ActorNet.Server.Storage;

namespace ActorNet.Server.Administration;

/// <summary>Where a new password comes from. Never from an argument: those are in the process list and in the shell's history.</summary>
internal enum PasswordOrigin
{
    /// <summary>Typed twice at the terminal.</summary>
    Terminal,

    /// <summary>The first line of the input.</summary>
    Input,

    /// <summary>Random, and shown.</summary>
    Generated,

    /// <summary>There is to be none.</summary>
    None,
}

/// <summary>Gets a new password from its origin.</summary>
internal static class PasswordSource
{
    // Far above any password; bounds what a wrong file given as input takes.
    private const int LongestLine = 4096;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The password; null for none.</summary>
    /// <exception cref="AdminException">It could not be had.</exception>
    public static string? Read(PasswordOrigin origin, string account, ServerConsole console) => origin switch
    {
        PasswordOrigin.Terminal => Ask(account, console),
        PasswordOrigin.Input => FirstLine(console.Input),
        PasswordOrigin.Generated => PasswordRules.Generate(),
        _ => null,
    };

    private static string Ask(string account, ServerConsole console)
    {
        if (!console.Input.IsTerminal)
            throw AdminException.Usage(
                "There is no terminal to ask for a password: add --password-stdin, --generate or --no-password.");
        var first = AskOnce($"New password of {account}: ", console);
        var second = AskOnce("The same again: ", console);
        return first == second ? first : throw AdminException.Failed("The two are not the same. Nothing was changed; try again.");
    }

    private static string AskOnce(string prompt, ServerConsole console)
    {
        var text = console.Input.ReadHidden(() => console.Prompt(prompt));
        console.Error.WriteLine();
        return text ?? throw AdminException.Failed("Given up. Nothing was changed.");
    }

    private static string FirstLine(IConsoleInput input)
    {
        using var stream = input.OpenStream();
        var line = new byte[LongestLine];
        var length = 0;
        // Byte by byte: what follows the line is for whoever reads next.
        for (int next; length < LongestLine && (next = stream.ReadByte()) is not (-1 or '\n');) line[length++] = (byte)next;
        if (length == LongestLine) throw AdminException.Usage($"The first line of the input has {LongestLine} bytes or more; that is no password.");
        if (length > 0 && line[length - 1] == '\r') length--;
        if (length == 0) throw AdminException.Usage("The first line of the input is empty; it takes the password.");
        try
        {
            return Strict.GetString(line, 0, length);
        }
        catch (DecoderFallbackException)
        {
            throw AdminException.Usage("The first line of the input is not UTF-8.");
        }
    }
}
