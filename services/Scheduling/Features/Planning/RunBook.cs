using System.Text.Json;
using Mes.Contracts;
using Mes.Hosting.Jobs;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features;

/// <summary>How an attempt of a planning run ended.</summary>
sealed record RunEnd(RunStatus Status)
{
    public EngineResult? Found { get; init; }

    public Guid? PlanId { get; init; }

    public long? PlanVersion { get; init; }

    public string? Error { get; init; }

    /// <summary>The end of an attempt that found a plan: kept as a record, or null where it is no better than the one
    /// before.</summary>
    public static RunEnd Of(EngineResult found, PlanRecord? record) =>
        new(found.IsCancelled ? RunStatus.Cancelled : record is null ? RunStatus.Unchanged : RunStatus.Done)
        {
            Found = found, PlanId = record?.Id, PlanVersion = record?.Version
        };
}

/// <summary>Records planning runs, each step in a transaction of its own.</summary>
sealed class RunBook(
    IServiceScopeFactory scopes, OutboxSignal<SchedulingDb> signal, [FromKeyedServices("scheduling")] JobControl jobs,
    TimeProvider clock)
{
    const int RunsKept = 5_000;

    /// <summary>An attempt begins; one whose process died begins again.</summary>
    public Task Begin(Guid id, int attempt, PlanStory story, Guid? scenario, CancellationToken ct) => Write(async db =>
    {
        await db.Runs.Where(run => run.Id == id && run.Attempt == attempt).ExecuteDeleteAsync(ct);
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM planning_run WHERE sequence <= (SELECT max(sequence) - {RunsKept} FROM planning_run)", ct);
        db.Runs.Add(new PlanningRun
        {
            Id = id, Attempt = attempt, Trigger = story.Trigger, Mode = scenario is null ? story.Mode : "Scenario",
            ScenarioId = scenario,
            Status = RunStatus.Running, StartedAt = clock.GetUtcNow()
        });
    }, ct);

    /// <summary>How large the model is.</summary>
    public Task Size(Guid id, int attempt, int orders, int operations, CancellationToken ct) => Write(
        db => db.Runs.Where(run => run.Id == id && run.Attempt == attempt).ExecuteUpdateAsync(
            set => set.SetProperty(run => run.Orders, orders).SetProperty(run => run.Operations, operations), ct), ct);

    /// <summary>The engine has found a better plan.</summary>
    public Task Progress(Guid id, int attempt, int number, EngineProgress progress, CancellationToken ct) => Write(async db =>
    {
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO planning_progress (run_id, attempt, number, seconds, value, bound, gap)
            VALUES ({id}, {attempt}, {number}, {progress.Seconds}, {Json(progress.Value)}::jsonb,
            {Json(progress.Bound)}::jsonb, {progress.Gap})
            """, ct);
        db.Outbox.Add(News(id, RunStatus.Running, progress));
    }, ct);

    /// <summary>An attempt has ended.</summary>
    public Task End(Guid id, int attempt, RunEnd end, CancellationToken ct) => Write(async db =>
    {
        var run = await db.Runs.SingleAsync(row => row.Id == id && row.Attempt == attempt, ct);
        (run.Status, run.EndedAt, run.Error) = (end.Status, clock.GetUtcNow(), end.Error);
        run.DurationMs = (long)(run.EndedAt.Value - run.StartedAt).TotalMilliseconds;
        (run.PlanId, run.PlanVersion) = (end.PlanId, end.PlanVersion);
        if (end.Found is { } found)
        {
            (run.Value, run.Bound, run.Gap) = (found.Last.Value, found.Last.Bound, found.Last.Gap);
        }
        db.Outbox.Add(News(id, end.Status, end.Found?.Last ?? EngineProgress.None));
    }, ct);

    /// <summary>Whether somebody asked the run to stop.</summary>
    public async Task<bool> IsCancelled(Guid id) =>
        (await jobs.Runs.AttemptsAsync(id, CancellationToken.None)).Any(attempt => attempt.StopRequestedAt is not null);

    PlanningProgressed News(Guid id, RunStatus status, EngineProgress progress) => new(
        id, clock.GetUtcNow().ToUnixTimeMilliseconds(), status.ToString(), progress.Seconds, progress.Value,
        progress.Bound, progress.Gap);

    async Task Write(Func<SchedulingDb, Task> work, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<SchedulingDb>();
        await db.InTransaction(signal, async () =>
        {
            await work(db);
            return true;
        }, ct);
    }

    static string Json(IReadOnlyList<long> levels) => JsonSerializer.Serialize(levels, MessageJson.Options);
}

/// <summary>Takes an attempt's news to the run book, at most once a second.</summary>
sealed class RunWatch(RunBook runs, Guid id, int attempt)
{
    static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    EngineProgress? _kept;
    int _number;

    public Task Size(PlanSearch search, CancellationToken ct) =>
        runs.Size(id, attempt, search.Model.Jobs.Count, search.Model.Jobs.Sum(job => job.Operations.Count), ct);

    /// <summary>Whether somebody ended the run. A stop that nobody asked for is the end of this process.</summary>
    /// <exception cref="OperationCanceledException">The process shuts down: another one takes the run over.</exception>
    public async Task<bool> IsCancelled(CancellationToken stop)
    {
        if (!stop.IsCancellationRequested)
        {
            return false;
        }
        if (!await runs.IsCancelled(id))
        {
            stop.ThrowIfCancellationRequested();
        }
        return true;
    }

    /// <summary>Writes the news down unless the last are too fresh.</summary>
    public async Task Heard(EngineProgress progress, CancellationToken ct)
    {
        if (_kept is null || progress.Seconds - _kept.Seconds >= Period.TotalSeconds)
        {
            _kept = progress;
            await runs.Progress(id, attempt, _number++, progress, ct);
        }
    }
}
