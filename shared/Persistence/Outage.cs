using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Persistence;

/// <summary>The database is away: it could not even be asked what the inbox knows.</summary>
sealed class OutageException(Exception cause) : Exception(cause.Message, cause);

/// <summary>Tells a database that is away, which is waited for, from work that fails.</summary>
public static class Outage
{
    /// <summary>
    /// Whether the failure says that the database is away: refused, cut, shutting down, out of room. A command that timed
    /// out says nothing of the kind; it is slow, or waits for a lock.
    /// </summary>
    public static bool Is(Exception failure) => failure switch
    {
        OutageException => true,
        PostgresException postgres => IsAway(postgres.SqlState),
        NpgsqlException { InnerException: IOException or SocketException } => true,
        DbUpdateException { InnerException: { } inner } => Is(inner),
        InvalidOperationException { InnerException: NpgsqlException inner } => Is(inner),
        _ => false
    };

    /// <summary>Whether it took too long, by the client's clock or the server's.</summary>
    public static bool IsTimeout(Exception failure) => failure is TimeoutException
        or PostgresException { SqlState: PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable }
        || (failure.InnerException is { } inner && IsTimeout(inner));

    static bool IsAway(string state) => state
        is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
        || state.StartsWith("08", StringComparison.Ordinal)         // connection
        || state.StartsWith("53", StringComparison.Ordinal)         // disk, memory, connections used up
        || state.StartsWith("58", StringComparison.Ordinal);        // input and output
}
