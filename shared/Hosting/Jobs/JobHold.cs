using Npgsql;

namespace Mes.Hosting.Jobs;

/// <summary>What came of trying to begin an attempt.</summary>
enum EntryAnswer
{
    /// <summary>It is ours.</summary>
    Held,

    /// <summary>Another run of the job is active; this one has ended as refused.</summary>
    Refused,

    /// <summary>Another run of the job is active; this one waits for its turn.</summary>
    Busy,

    /// <summary>Another delivery of the same attempt was faster.</summary>
    Taken,
}

/// <summary>What a renewed lease says.</summary>
enum LeaseAnswer
{
    /// <summary>The attempt is still ours.</summary>
    Kept,

    /// <summary>Still ours, and somebody asked it to stop.</summary>
    StopRequested,

    /// <summary>Another process has it, or may have started another run of the job.</summary>
    Lost,
}

/// <summary>
/// The right to run an attempt: the job's session advisory lock (unless the job allows overlap) and the lease on the
/// attempt's row. PostgreSQL drops the lock with the session, so a dead process never blocks the job.
/// </summary>
/// <remarks>Session locks need a direct connection or a pooler in session mode.</remarks>
sealed class JobHold(NpgsqlDataSource database, JobDelivery delivery, JobOverlap overlap, TimeSpan lease)
    : IAsyncDisposable
{
    readonly Guid _owner = Guid.CreateVersion7();
    NpgsqlConnection? _session;

    /// <summary>Takes the lock and the lease, while no other delivery of the attempt can do the same.</summary>
    public async Task<EntryAnswer> TryEnterAsync(CancellationToken ct)
    {
        _session = await database.OpenConnectionAsync(ct);
        await using var transaction = await _session.BeginTransactionAsync(ct);
        if (await FreeToBeginAsync(ct) is not { } begunBefore) return EntryAnswer.Taken;

        var answer = await TryLockAsync(ct) ? EntryAnswer.Held
            // What was begun once is not refused any more.
            : overlap == JobOverlap.Refuse && !begunBefore ? EntryAnswer.Refused
            : EntryAnswer.Busy;
        if (answer == EntryAnswer.Held) await ClaimAsync(ct);
        if (answer == EntryAnswer.Refused) await RefuseAsync(ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    /// <summary>Renews the lease, over a new session when the old one broke.</summary>
    /// <exception cref="NpgsqlException">The database does not answer; the lease runs on.</exception>
    public async Task<LeaseAnswer> RenewAsync(CancellationToken ct)
    {
        if (_session is not { State: System.Data.ConnectionState.Open } && !await TryLockAgainAsync(ct))
            return LeaseAnswer.Lost;
        await using var command = Command(
            """
            UPDATE job_run SET lease_until = now() + $4
            WHERE run_id = $1 AND attempt = $2 AND owner = $3 AND state = 'running'
            RETURNING stop_requested_at IS NOT NULL
            """);
        // A connection that hangs must be given up while there is time to open another.
        command.CommandTimeout = Math.Max(1, (int)(lease.TotalSeconds / 4));
        AddRow(command, lease);
        return await command.ExecuteScalarAsync(ct) switch
        {
            true => LeaseAnswer.StopRequested,
            false => LeaseAnswer.Kept,
            _ => LeaseAnswer.Lost,
        };
    }

    /// <summary>Notes progress, on a connection of its own.</summary>
    public async Task ProgressAsync(double fraction, string? note, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job_run SET progress = $4, progress_note = $5
            WHERE run_id = $1 AND attempt = $2 AND owner = $3 AND state = 'running'
            """);
        AddRow(command, fraction, note);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Ends the attempt. May be repeated when its answer was lost.</summary>
    /// <returns>False when the attempt is no longer ours.</returns>
    public async Task<bool> EndAsync(JobRunState state, string? result, string? reason, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job_run SET state = $4, result = $5::jsonb, reason = $6, finished_at = now(), lease_until = NULL,
              progress = CASE $4 WHEN 'done' THEN 1 ELSE progress END
            WHERE run_id = $1 AND attempt = $2 AND owner = $3 AND state IN ('running', $4)
            """);
        AddRow(command, state.ToText(), result, reason);
        return await command.ExecuteNonQueryAsync(ct) == 1;
    }

    /// <summary>Ends the attempt and queues the next one, in one transaction. May be repeated.</summary>
    /// <returns>False when the attempt is no longer ours.</returns>
    public async Task<bool> EndForRetryAsync(Retry retry, CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            WITH ended AS (
              UPDATE job_run SET state = 'retrying', reason = $5, finished_at = now(), lease_until = NULL
              WHERE run_id = $1 AND attempt = $2 AND owner = $3 AND state IN ('running', 'retrying') RETURNING *),
            next AS (
              INSERT INTO job_run (run_id, attempt, job_key, schedule_key, due_at, arguments, not_before)
              SELECT run_id, attempt + 1, job_key, schedule_key, due_at, arguments, now() + $4 FROM ended
              ON CONFLICT DO NOTHING)
            SELECT count(*) FROM ended
            """);
        AddRow(command, retry.After, retry.Why);
        return (long)(await command.ExecuteScalarAsync(ct))! == 1;
    }

    /// <summary>Gives the attempt back, so that the next delivery begins it anew.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        await using var command = database.CreateCommand(
            """
            UPDATE job_run SET state = 'queued', owner = NULL, lease_until = NULL
            WHERE run_id = $1 AND attempt = $2 AND owner = $3 AND state = 'running'
            """);
        AddRow(command);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Gives the job's lock back: a connection that merely returns to its pool would keep it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_session is null) return;
        try
        {
            await using var command = Command("SELECT pg_advisory_unlock_all()");
            await command.ExecuteNonQueryAsync();
        }
        catch (Exception e) when (e is NpgsqlException or InvalidOperationException)
        {
            // The session is gone, and the lock with it.
            NpgsqlConnection.ClearPool(_session);
        }
        finally
        {
            await _session.DisposeAsync();
        }
    }

    /// <summary>Locks the attempt's row if it is queued, or its owner let the lease run out.</summary>
    /// <returns>Whether it was begun before; null when it is not to be begun.</returns>
    async Task<bool?> FreeToBeginAsync(CancellationToken ct)
    {
        await using var command = Command(
            """
            SELECT started_at IS NOT NULL FROM job_run
            WHERE run_id = $1 AND attempt = $2 AND (state = 'queued' OR (state = 'running' AND lease_until < now()))
            FOR UPDATE
            """);
        command.AddValues(delivery.RunId, delivery.Attempt);
        return (bool?)await command.ExecuteScalarAsync(ct);
    }

    /// <returns>Whether no other run of the job has the lock.</returns>
    async Task<bool> TryLockAsync(CancellationToken ct)
    {
        if (overlap == JobOverlap.Allow) return true;
        await using var command = Command("SELECT pg_try_advisory_lock(hashtextextended('mes.job ' || $1, 0))");
        command.AddValues(delivery.JobKey);
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    async Task ClaimAsync(CancellationToken ct)
    {
        await using var command = Command(
            """
            UPDATE job_run SET owner = $3, lease_until = now() + $4, started_at = coalesce(started_at, now()),
              takeovers = takeovers + CASE state WHEN 'running' THEN 1 ELSE 0 END, state = 'running'
            WHERE run_id = $1 AND attempt = $2
            """);
        AddRow(command, lease);
        await command.ExecuteNonQueryAsync(ct);
    }

    async Task RefuseAsync(CancellationToken ct)
    {
        await using var command = Command(
            """
            UPDATE job_run SET state = 'refused', reason = $3, finished_at = now() WHERE run_id = $1 AND attempt = $2
            """);
        command.AddValues(delivery.RunId, delivery.Attempt, $"Another run of '{delivery.JobKey}' is active.");
        await command.ExecuteNonQueryAsync(ct);
    }

    async Task<bool> TryLockAgainAsync(CancellationToken ct)
    {
        if (_session is not null) await _session.DisposeAsync();
        // The other connections of the pool have probably broken too.
        database.Clear();
        _session = await database.OpenConnectionAsync(ct);
        return await TryLockAsync(ct);
    }

    NpgsqlCommand Command(string sql) =>
        new(sql, _session ?? throw new InvalidOperationException("The job's lock has not been taken."));

    /// <summary>The row and its owner as $1 to $3, then the rest.</summary>
    void AddRow(NpgsqlCommand command, params object?[] rest) =>
        command.AddValues([delivery.RunId, delivery.Attempt, _owner, .. rest]);
}
