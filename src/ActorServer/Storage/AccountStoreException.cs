using ActorNet.Protocol;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Storage;

/// <summary>The store refused something, or cannot be used. The message is whole sentences for a person, with what to do; holds no secret.</summary>
public sealed class AccountStoreException : Exception
{
    // https://www.sqlite.org/rescode.html
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>With the code that fits it best.</summary>
    public AccountStoreException(ErrorCode code, string message) : base(message) => Code = code;

    private AccountStoreException(ErrorCode code, string message, SqliteException cause) : base(message, cause) => Code = code;

    /// <summary>
    /// <see cref="ErrorCode.Invalid"/>, <see cref="ErrorCode.NotFound"/>, <see cref="ErrorCode.Conflict"/> or <see cref="ErrorCode.TooMany"/> for
    /// what was asked; <see cref="ErrorCode.Unavailable"/> or <see cref="ErrorCode.Internal"/> for the store itself.
    /// </summary>
    public ErrorCode Code { get; }

    /// <summary>What SQLite says, in words about this file.</summary>
    internal static AccountStoreException Of(SqliteException e, string path) => e.SqliteErrorCode switch
    {
        Busy or Locked => new(
            ErrorCode.Unavailable,
            $"{path} is locked by another process for longer than actornet.accounts.busy-timeout. Try again when it has finished.", e),
        ReadOnly or CannotOpen => new(
            ErrorCode.Unavailable, $"{path} cannot be opened for writing. Run this as the user who owns the data directory.", e),
        InputOutput or Full => new(
            ErrorCode.Unavailable, $"{path} cannot be read or written ({e.Message}). Is the disk full, or failing?", e),
        Corrupt or NotADatabase => new(
            ErrorCode.Internal, $"{path} is damaged ({e.Message}). Stop the server and restore the file from a backup.", e),
        _ => new(ErrorCode.Internal, $"{path} does not hold what it should ({e.Message}). Stop the server and restore the file from a backup.", e),
    };
}
