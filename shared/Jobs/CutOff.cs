using Npgsql;

namespace Mes.Jobs;

/// <summary>Tells a job that was cut off, and begins again, from one that failed.</summary>
public static class CutOff
{
    /// <summary>
    /// Whether the lock or the database went away. A statement that takes too long would do so again: it failed.
    /// </summary>
    public static bool Is(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            if (failure is JobLockLostException) return true;
            if (failure is NpgsqlException { IsTransient: true, InnerException: not TimeoutException }) return true;
        }
        return false;
    }
}
