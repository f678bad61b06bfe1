using System.Diagnostics;
using Dapper;
using Mes.Contracts;
using Mes.Messaging;
using Mes.Scheduling.Data;
using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Mes.Scheduling.Features;

/// <summary>Makes a plan from what is known now, stores it and publishes it in chunks.</summary>
sealed class Planner(SchedulingDb db, ServiceDatabase<SchedulingDb> database, TimeProvider clock)
{
    const int ChunkOperations = 500;
    const int PlansKept = 50;
    const long LockKey = 0x4D6573506C6E;    // 'MesPln'

    /// <summary>Plans; null where nothing changed since the last plan, or where the run has planned before.</summary>
    /// <exception cref="ModelRefusedException">The model cannot be planned; says why.</exception>
    public async Task<PlanRecord?> Plan(Guid runId, PlanningMode mode, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var change = await Scalar($"SELECT last_value AS \"Value\" FROM demand_change", ct);
        var planned = await Scalar($"SELECT planned_change AS \"Value\" FROM planning_state", ct);
        if ((mode == PlanningMode.Incremental && change == planned) || await db.Plans.AnyAsync(p => p.Id == runId, ct))
        {
            return null;
        }
        var watch = Stopwatch.StartNew();
        var origin = Whole(clock.GetUtcNow());
        var input = await new PlanningInput(database).Read(withPlan: mode == PlanningMode.Incremental, ct);
        var model = PlanningModel.Build(input.Demand, input.Capacity, input.Before, origin).Compile();
        var plan = ListPlanner.Plan(model, ct);
        var record = await Store(runId, mode, plan, origin, watch, ct);
        Publish(record, plan);
        await db.Database.ExecuteSqlAsync($"UPDATE planning_state SET planned_change = {change}", ct);
        return record;
    }

    async Task<PlanRecord> Store(
        Guid runId, PlanningMode mode, Plan plan, DateTimeOffset origin, Stopwatch watch, CancellationToken ct)
    {
        var version = await Scalar($"SELECT coalesce(max(version), 0) + 1 AS \"Value\" FROM plan", ct);
        var record = new PlanRecord
        {
            Id = runId, Version = version, Mode = mode.ToString(), Method = plan.Method, Origin = origin,
            Operations = plan.Operations.Count, WeightedTardinessSeconds = plan.Measures.WeightedTardiness,
            BoundSeconds = plan.BoundMeasures.WeightedTardiness, Gap = plan.Gap, MakespanSeconds = plan.Measures.Makespan,
            DurationMs = watch.ElapsedMilliseconds
        };
        db.Plans.Add(record);
        await db.SaveChangesAsync(ct);
        await Copy(record, plan, ct);
        await db.Plans.Where(old => old.Version <= version - PlansKept).ExecuteDeleteAsync(ct);
        return record;
    }

    async Task Copy(PlanRecord record, Plan plan, CancellationToken ct)
    {
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using var writer = await connection.BeginBinaryImportAsync(
            "COPY plan_operation (plan_id, operation_id, order_id, equipment, setup_starts_at, starts_at, ends_at, waits_for, waits_on) "
            + "FROM STDIN (FORMAT binary)", ct);
        foreach (var operation in plan.Operations)
        {
            await writer.StartRowAsync(ct);
            await writer.WriteAsync(record.Id, ct);
            await writer.WriteAsync(Guid.Parse(operation.OperationId), ct);
            await writer.WriteAsync(Guid.Parse(operation.JobId), ct);
            await writer.WriteAsync(operation.EquipmentId, ct);
            await writer.WriteAsync(record.Origin.AddSeconds(operation.SetupStartSeconds), ct);
            await writer.WriteAsync(record.Origin.AddSeconds(operation.StartSeconds), ct);
            await writer.WriteAsync(record.Origin.AddSeconds(operation.EndSeconds), ct);
            await writer.WriteAsync(operation.Waits.Reason.ToString(), ct);
            await (operation.Waits.On is { } on ? writer.WriteAsync(on, ct) : writer.WriteNullAsync(ct));
        }
        await writer.CompleteAsync(ct);
    }

    void Publish(PlanRecord record, Plan plan)
    {
        var chunks = plan.Operations.Select(operation => new ScheduledOperation(
            Guid.Parse(operation.OperationId), operation.EquipmentId, record.Origin.AddSeconds(operation.SetupStartSeconds),
            record.Origin.AddSeconds(operation.StartSeconds), record.Origin.AddSeconds(operation.EndSeconds)))
            .Chunk(ChunkOperations).ToList();
        for (var chunk = 0; chunk < Math.Max(1, chunks.Count); chunk++)
        {
            db.Outbox.Add(new SchedulePublished(
                record.Id, record.Version, chunk, Math.Max(1, chunks.Count), chunks.Count > 0 ? chunks[chunk] : []));
        }
    }

    Task<long> Scalar(FormattableString sql, CancellationToken ct) => db.Database.SqlQuery<long>(sql).SingleAsync(ct);

    static DateTimeOffset Whole(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds());
}
