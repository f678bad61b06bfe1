using Mes.Contracts;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Verification;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Data;

/// <summary>How a plan came about.</summary>
sealed record PlanStory(string Mode, string Trigger, string Method, TimeSpan Took)
{
    public Guid? RunId { get; init; }

    /// <summary>Number of orders in the model, where it is known.</summary>
    public int? Orders { get; init; }

    /// <summary>Number of operations in the model, where it is known.</summary>
    public int? Operations { get; init; }

    /// <summary>What can be undone in it, or null.</summary>
    public PlanUndo? Undo { get; init; }
}

/// <summary>Stores plans, and publishes them in chunks.</summary>
sealed class PlanStore(SchedulingDb db, RecentPlans recent)
{
    const int ChunkOperations = 500;
    const int PlansKept = 50;
    const int RevisionsKept = 20;
    static readonly TimeSpan ReportsKept = TimeSpan.FromDays(30);
    static readonly TimeSpan DraftsKept = TimeSpan.FromDays(30);
    static readonly TimeSpan ClosedDraftsShown = TimeSpan.FromHours(1);
    static readonly TimeSpan DraftPlansShown = TimeSpan.FromMinutes(1);
    const long LockKey = 0x4D6573506C6E;    // 'MesPln'

    /// <summary>Whoever publishes waits here for its turn, until the transaction ends.</summary>
    public Task TakeTurn(CancellationToken ct) => Turn.Wait((NpgsqlConnection)db.Database.GetDbConnection(), LockKey, ct);

    /// <summary>Version of the plan in force; 0 where there is none.</summary>
    public Task<long> Version(CancellationToken ct) =>
        db.ReadValue<long>("SELECT coalesce(max(version), 0) FROM plan", null, ct);

    /// <summary>The operations of a plan that is there.</summary>
    public Task<IReadOnlyList<PlanRow>> Rows(PlanRecord plan, CancellationToken ct) =>
        recent.Of((NpgsqlConnection)db.Database.GetDbConnection(), plan.Id, ct);

    // by EF, like each whole plan below: the mapping reads its JSON
    /// <summary>The plan in force, or null.</summary>
    public Task<PlanRecord?> InForce(CancellationToken ct) => db.Plans.AsNoTracking().Where(plan => plan.Version != null)
        .OrderByDescending(plan => plan.Version).FirstOrDefaultAsync(ct);

    /// <summary>A plan by its id.</summary>
    /// <exception cref="RuleViolation">Not found (404).</exception>
    public async Task<PlanRecord> Require(Guid id, CancellationToken ct) =>
        await db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Id == id, ct) ?? throw RuleViolation.NotFound("plan", id);

    /// <summary>A published plan by its version, or null where it is kept no more.</summary>
    public Task<PlanRecord?> OfVersion(long version, CancellationToken ct) =>
        db.Plans.AsNoTracking().SingleOrDefaultAsync(plan => plan.Version == version, ct);

    /// <summary>The current plan of a scenario.</summary>
    public Task<PlanRecord> Of(Scenario scenario, CancellationToken ct) => db.Plans.AsNoTracking().SingleAsync(
        plan => plan.ScenarioId == scenario.Id && plan.Revision == scenario.Revision, ct);

    /// <summary>A revision of a draft; null where it is kept no more.</summary>
    public Task<PlanRecord?> Of(PlanDraft draft, int revision, CancellationToken ct) => db.Plans.AsNoTracking()
        .SingleOrDefaultAsync(plan => plan.DraftId == draft.Id && plan.BaseVersion == draft.BaseVersion
            && plan.Revision == revision, ct);

    /// <summary>Puts a plan in force.</summary>
    public async Task<PlanRecord> Publish(PlantPlan plan, PlanningFacts facts, PlanStory story, CancellationToken ct)
    {
        var version = await Version(ct) + 1;
        var rows = plan.Rows();
        var record = await Store(plan, facts, rows, story, new Place { Version = version }, ct);
        var chunks = rows.Select(row =>
            new ScheduledOperation(row.OperationId, row.Equipment, row.SetupStartsAt, row.StartsAt, row.EndsAt))
            .Chunk(ChunkOperations).ToList();
        for (var chunk = 0; chunk < Math.Max(1, chunks.Count); chunk++)
        {
            db.Outbox.Add(new SchedulePublished(
                record.Id, version, chunk, Math.Max(1, chunks.Count), chunks.Count > 0 ? chunks[chunk] : []));
        }
        await Baselines.Keep(db, Math.Max(1, version - 1), plan.Origin, ct);
        // Not audited: swept once newer ones are in force
        await db.Plans.Where(old => old.Version <= version - PlansKept).ExecuteDeleteAsync(ct);
        // Not audited: swept once nobody has touched them for long; of closed ones the plan goes before
        // SQL: by the database's clock
        await db.Database.ExecuteSqlAsync($"DELETE FROM plan_draft WHERE changed_at < now() - {DraftsKept}", ct);
        await db.Database.ExecuteSqlAsync(
            $"""
            DELETE FROM plan USING plan_draft d
            WHERE draft_id = d.id AND d.status <> 'Open' AND d.changed_at < now() - {ClosedDraftsShown}
            """, ct);
        // Not audited: copies of what work orders keep, which planning needs no longer
        // SQL: reports are no entities, and by the database's clock
        await db.Database.ExecuteSqlAsync(
            $"DELETE FROM work_report WHERE ended_at < now() - {ReportsKept}", ct);
        return record;
    }

    /// <summary>Keeps a plan as the next revision of a scenario; revisions that were undone go.</summary>
    public async Task<PlanRecord> Keep(
        PlantPlan plan, PlanningFacts facts, Scenario scenario, PlanStory story, CancellationToken ct)
    {
        // Not audited: revisions that were undone, which was told
        await db.Plans.Where(old => old.ScenarioId == scenario.Id && old.Revision > scenario.Revision).ExecuteDeleteAsync(ct);
        return await Store(plan, facts, plan.Rows(), story,
            new Place { ScenarioId = scenario.Id, Revision = scenario.Advance() }, ct);
    }

    /// <summary>Keeps a plan as the current revision of a draft; older ones beyond a few go, and can be made again.</summary>
    public async Task<PlanRecord> Keep(
        PlantPlan plan, PlanningFacts facts, PlanDraft draft, PlanStory story, CancellationToken ct)
    {
        var (id, on, revision) = (draft.Id, draft.BaseVersion, draft.Revision);
        // Not audited: plans that the draft's steps make again
        await db.Plans.Where(old => old.DraftId == id && old.BaseVersion == on
            && (old.Revision >= revision || old.Revision <= revision - RevisionsKept)).ExecuteDeleteAsync(ct);
        return await Store(plan, facts, plan.Rows(), story,
            new Place { DraftId = id, Revision = revision, BaseVersion = draft.BaseVersion }, ct);
    }

    /// <summary>Lets the plans of a draft go, but for the one that its owner looks at and those of the last minute: screens
    /// read from them what the next one has otherwise.</summary>
    public Task Forget(PlanDraft draft, DateTimeOffset now, CancellationToken ct)
    {
        var (id, on, revision) = (draft.Id, draft.BaseVersion, draft.Revision);
        // Not audited: plans that the draft's steps make again
        return db.Plans.Where(old => old.DraftId == id && !(old.BaseVersion == on && old.Revision == revision)
            && old.Origin < now - DraftPlansShown).ExecuteDeleteAsync(ct);
    }

    /// <summary>The version of the plan in force, which the caller must have seen.</summary>
    public async Task<long> RequireVersion(long? seen, CancellationToken ct)
    {
        var inForce = await Version(ct);
        return seen is null || seen == inForce ? inForce : throw RuleViolation.Conflict("plan-moved-on",
            "A newer plan is in force. Look at it, then try again with its version.",
            ("planVersion", seen), ("inForce", inForce));
    }

    async Task<PlanRecord> Store(
        PlantPlan plan, PlanningFacts facts, IReadOnlyList<PlanRow> rows, PlanStory story,
        Place place, CancellationToken ct)
    {
        // beside what the database does
        var verified = Task.Run(() => PlanVerifier.Verify(plan.Model, plan.Plan), ct);
        var measures = plan.Plan.Measures;
        var late = LateOrders.Of(facts, rows);
        var record = new PlanRecord
        {
            Id = Guid.CreateVersion7(), Version = place.Version, ScenarioId = place.ScenarioId, Revision = place.Revision,
            DraftId = place.DraftId, BaseVersion = place.BaseVersion,
            RunId = story.RunId, Mode = story.Mode, Trigger = story.Trigger, Method = story.Method, Origin = plan.Origin,
            UndoVersion = story.Undo?.Version, UndoOperationId = story.Undo?.OperationId,
            Operations = rows.Count, LateOrders = late.Count,
            UnplannedSteps = plan.Facts.Unplanned.Count, Warnings = PlanWarnings.Of(facts),
            WeightedTardinessSeconds = measures.WeightedTardiness, BoundSeconds = plan.Plan.BoundMeasures.WeightedTardiness,
            Gap = GapOf(measures.WeightedTardiness, plan.Plan.BoundMeasures.WeightedTardiness),
            MakespanSeconds = measures.Makespan, SetupSeconds = measures.SetupTime,
            WorkInProcessSeconds = measures.WorkInProcess, DurationMs = (long)story.Took.TotalMilliseconds
        };
        db.Plans.Add(record);
        // a plan's row must be there before its operations are copied in
        await db.Flush(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await PlanRows.Write(connection, record.Id, rows, ct);
        await PlanLists.Write(connection, record.Id, late, plan.Facts.Unplanned, ct);
        Require(await verified);
        recent.Keep(record.Id, rows);
        return record;
    }

    /// <summary>In force, or a revision of a scenario or draft.</summary>
    sealed record Place
    {
        public long? Version { get; init; }
        public Guid? ScenarioId { get; init; }
        public Guid? DraftId { get; init; }
        public int? Revision { get; init; }
        public long? BaseVersion { get; init; }
    }

    static double GapOf(long value, long bound) => value <= bound ? 0 : (value - bound) / (double)value;

    /// <summary>A plan that the independent verifier rejects is a defect: it is not put in force.</summary>
    static void Require(IReadOnlyList<Violation> violations)
    {
        if (violations.Count > 0)
        {
            throw new InvalidOperationException($"The plan breaks its model: {string.Join("; ", violations.Take(5))}");
        }
    }
}
