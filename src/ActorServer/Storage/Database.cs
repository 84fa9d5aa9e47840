using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ActorNet.Server.Storage;

/// <summary>
/// One connection to a SQLite file that other processes use too: write-ahead log, so that readers and the writer do not wait for each other;
/// every commit on the disk before it returns; erased content overwritten. For one thread at a time.
/// </summary>
internal sealed class Database : IDisposable
{
    private readonly SqliteConnection _connection;

    static Database() => SQLitePCL.Batteries_V2.Init();

    private Database(SqliteConnection connection, string path) => (_connection, Path) = (connection, path);

    /// <summary>The file.</summary>
    public string Path { get; }

    private bool IsInTransaction => SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0;

    /// <summary>Opens the file, which is made, empty and for its owner only, if there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="busyTimeout">How long to wait for another writer; a second or more.</param>
    public static Database Open(string path, TimeSpan busyTimeout)
    {
        MakeFile(path);
        PrivatePath.RequirePrivate(path);
        // Pooled connections would outlive this object, and with them their locks. The library's own timeout repeats what failed after
        // busy_timeout until it is over too: at one second it never does.
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = 1,
        }.ToString());
        var database = new Database(connection, path);
        try
        {
            connection.Open();
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}"));
            database.Execute("PRAGMA journal_mode = WAL");
            database.Execute("PRAGMA synchronous = FULL");
            database.Execute("PRAGMA foreign_keys = ON");
            database.Execute("PRAGMA secure_delete = ON");
            database.Execute("PRAGMA trusted_schema = OFF");
            return database;
        }
        catch (SqliteException)
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>The rows of a query.</summary>
    public IReadOnlyList<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    /// <summary>The one number a query gives.</summary>
    public long Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Reads everything from one state of the file, whatever others write meanwhile.</summary>
    public T Read<T>(Func<T> read) => InTransaction("BEGIN", read);

    /// <summary>
    /// Writes all or nothing. The write lock is taken first: what is read inside stays true until the end, and nobody is told "busy" halfway.
    /// </summary>
    public T Write<T>(Func<T> write) => InTransaction("BEGIN IMMEDIATE", write);

    public void Dispose() => _connection.Dispose();

    // Not the library's SqliteTransaction: a disk that is full makes SQLite itself roll back, and then the one of the library fails to do so
    // again, hides the reason, and stays with the connection, which is of no use any more.
    private T InTransaction<T>(string begin, Func<T> work)
    {
        Execute(begin);
        var isDone = false;
        try
        {
            var result = work();
            Execute("COMMIT");
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone && IsInTransaction) Execute("ROLLBACK");
        }
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    // SQLite would make it by the umask. Only if there is none: closing any handle of a file drops all locks that SQLite has on it in this process.
    private static void MakeFile(string path)
    {
        if (File.Exists(path)) return;
        try
        {
            PrivatePath.OpenFile(path, FileMode.CreateNew, FileAccess.Write).Dispose();
        }
        catch (IOException) when (File.Exists(path))
        {
            // Another process was faster.
        }
    }
}
