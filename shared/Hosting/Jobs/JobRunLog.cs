using Npgsql;

namespace Mes.Hosting.Jobs;

/// <summary>Where an attempt stands.</summary>
public enum JobRunState
{
    /// <summary>Waits for its time, its turn or a process.</summary>
    Queued,

    /// <summary>A process works on it.</summary>
    Running,

    /// <summary>Finished with a result.</summary>
    Done,

    /// <summary>Finished without; the reason says why.</summary>
    Failed,

    /// <summary>Asked to be tried again; the next attempt has a row of its own.</summary>
    Retrying,

    /// <summary>Not run because another run of the same job was active.</summary>
    Refused,

    /// <summary>Stopped on request.</summary>
    Stopped,
}

/// <summary>One attempt of one run, as the run log shows it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Attempt">1 and up.</param>
/// <param name="Sequence">Grows with each row; the cursor of a page.</param>
/// <param name="JobKey">The job.</param>
/// <param name="ScheduleKey">The schedule that asked for it, if one did.</param>
/// <param name="DueAt">The due time of that schedule; null for "run now".</param>
/// <param name="State">Where it stands.</param>
public sealed record JobRunEntry(
    Guid RunId, int Attempt, long Sequence, string JobKey, string? ScheduleKey, DateTimeOffset? DueAt,
    JobRunState State)
{
    /// <summary>JSON document handed to the job.</summary>
    public required string Arguments { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>When a process first began it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When somebody asked it to stop.</summary>
    public DateTimeOffset? StopRequestedAt { get; init; }

    /// <summary>How often another process took it over from a dead one.</summary>
    public int Takeovers { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>What the job last said it was doing.</summary>
    public string? ProgressNote { get; init; }

    /// <summary>JSON document the job ended with.</summary>
    public string? Result { get; init; }

    /// <summary>Why it failed, is tried again, was refused or stopped.</summary>
    public string? Reason { get; init; }
}

/// <summary>
/// The table <c>job_run</c>: one row per attempt. Leases and ages are reckoned by the database's clock.
/// </summary>
public sealed class JobRunLog(NpgsqlDataSource database)
{
    const string Columns =
        """
        run_id, attempt, sequence, job_key, schedule_key, due_at, state, arguments, queued_at, started_at, finished_at,
        stop_requested_at, takeovers, progress, progress_note, result, reason
        """;

    /// <summary>The newest attempts, newest first.</summary>
    /// <param name="before">
    /// Only rows with a smaller <see cref="JobRunEntry.Sequence"/>; null for the first page.
    /// </param>
    /// <param name="limit">Rows at most.</param>
    /// <param name="ct">Cancels the query.</param>
    public Task<IReadOnlyList<JobRunEntry>> NewestAsync(long? before, int limit, CancellationToken ct) =>
        ReadAsync(
            $"SELECT {Columns} FROM job_run WHERE sequence < $1 ORDER BY sequence DESC LIMIT $2",
            [before ?? long.MaxValue, limit], ct);

    /// <summary>The attempts of one run in order; empty when there is no such run.</summary>
    public Task<IReadOnlyList<JobRunEntry>> AttemptsAsync(Guid runId, CancellationToken ct) =>
        ReadAsync($"SELECT {Columns} FROM job_run WHERE run_id = $1 ORDER BY attempt", [runId], ct);

    /// <summary>Asks a run to stop: at once when it is queued, else when its process next renews the lease.</summary>
    /// <returns>Whether the run was still to end.</returns>
    internal async Task<bool> RequestStopAsync(Guid runId, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job_run SET
              stop_requested_at = coalesce(stop_requested_at, now()),
              reason = CASE state WHEN 'queued' THEN 'Stopped before it began.' ELSE reason END,
              finished_at = CASE state WHEN 'queued' THEN now() END,
              state = CASE state WHEN 'queued' THEN 'stopped' ELSE state END
            WHERE run_id = $1 AND state IN ('queued', 'running')
            """);
        command.AddValues(runId);
        return await command.ExecuteNonQueryAsync(ct) > 0;
    }

    /// <summary>Writes the row of an attempt unless it is there.</summary>
    internal async Task QueueAsync(Redelivery asked, CancellationToken ct)
    {
        var attempt = asked.Delivery;
        await using var command = database.CreateCommand(
            """
            INSERT INTO job_run (run_id, attempt, job_key, schedule_key, due_at, arguments, not_before)
            VALUES ($1, $2, $3, $4, $5, $6::jsonb, now() + $7) ON CONFLICT DO NOTHING
            """);
        command.AddValues(
            attempt.RunId, attempt.Attempt, attempt.JobKey, attempt.ScheduleKey, attempt.DueAt, attempt.Arguments,
            asked.After);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Where a delivered attempt stands; null when its row is not there.</summary>
    internal async Task<JobStanding?> StandingAsync(JobDelivery delivery, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            SELECT state, greatest(lease_until - now(), interval '0'), now() - queued_at, takeovers,
              (SELECT greatest(n.not_before - now(), interval '0') FROM job_run n
               WHERE n.run_id = r.run_id AND n.attempt = r.attempt + 1)
            FROM job_run r WHERE run_id = $1 AND attempt = $2
            """);
        command.AddValues(delivery.RunId, delivery.Attempt);
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return new JobStanding(
            Enum.Parse<JobRunState>(row.GetString(0), ignoreCase: true),
            LeaseLeft: Duration(row, 1), Age: Duration(row, 2), row.GetInt32(3), NextAfter: Duration(row, 4));
    }

    /// <summary>Ends an attempt that no process owns.</summary>
    internal async Task EndUnownedAsync(JobDelivery delivery, JobRunState state, string reason, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job_run SET state = $3, reason = $4, finished_at = now(), owner = NULL, lease_until = NULL
            WHERE run_id = $1 AND attempt = $2 AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
            """);
        command.AddValues(delivery.RunId, delivery.Attempt, state.ToText(), reason);
        await command.ExecuteNonQueryAsync(ct);
    }

    async Task<IReadOnlyList<JobRunEntry>> ReadAsync(string sql, object?[] values, CancellationToken ct)
    {
        await using var command = database.CreateCommand(sql);
        command.AddValues(values);
        await using var row = await command.ExecuteReaderAsync(ct);
        var entries = new List<JobRunEntry>();
        while (await row.ReadAsync(ct)) entries.Add(Entry(row));
        return entries;
    }

    static JobRunEntry Entry(NpgsqlDataReader row) =>
        new(row.GetGuid(0), row.GetInt32(1), row.GetInt64(2), row.GetString(3), Text(row, 4), Time(row, 5),
            Enum.Parse<JobRunState>(row.GetString(6), ignoreCase: true))
        {
            Arguments = row.GetString(7),
            QueuedAt = row.GetFieldValue<DateTimeOffset>(8),
            StartedAt = Time(row, 9),
            FinishedAt = Time(row, 10),
            StopRequestedAt = Time(row, 11),
            Takeovers = row.GetInt32(12),
            Progress = row.GetDouble(13),
            ProgressNote = Text(row, 14),
            Result = Text(row, 15),
            Reason = Text(row, 16),
        };

    static string? Text(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? null : row.GetString(i);

    static DateTimeOffset? Time(NpgsqlDataReader row, int i) =>
        row.IsDBNull(i) ? null : row.GetFieldValue<DateTimeOffset>(i);

    static TimeSpan Duration(NpgsqlDataReader row, int i) => row.IsDBNull(i) ? TimeSpan.Zero : row.GetTimeSpan(i);
}

/// <summary>What a delivered attempt's row says.</summary>
/// <param name="State">Where it stands.</param>
/// <param name="LeaseLeft">How long its owner still has; zero when there is none.</param>
/// <param name="Age">Since it was asked for.</param>
/// <param name="Takeovers">How often it was taken over.</param>
/// <param name="NextAfter">How long until the next attempt, when there is one.</param>
readonly record struct JobStanding(
    JobRunState State, TimeSpan LeaseLeft, TimeSpan Age, int Takeovers, TimeSpan NextAfter);

static class JobRunSql
{
    /// <summary>Adds positional parameters; null takes its type from where it stands.</summary>
    public static void AddValues(this NpgsqlCommand command, params object?[] values)
    {
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
    }

    /// <summary>As the column holds it.</summary>
    public static string ToText(this JobRunState state) => state switch
    {
        JobRunState.Queued => "queued",
        JobRunState.Running => "running",
        JobRunState.Done => "done",
        JobRunState.Failed => "failed",
        JobRunState.Retrying => "retrying",
        JobRunState.Refused => "refused",
        JobRunState.Stopped => "stopped",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}
