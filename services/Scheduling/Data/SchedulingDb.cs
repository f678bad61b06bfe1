using System.Text.Json;
using Mes.Persistence;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mes.Scheduling.Data;

/// <summary>The database of the scheduling.</summary>
public sealed class SchedulingDb(DbContextOptions<SchedulingDb> options) : MesDbContext(options)
{
    /// <summary>Calendars.</summary>
    public DbSet<WorkCalendar> Calendars => Set<WorkCalendar>();

    /// <summary>Setup times by equipment.</summary>
    public DbSet<SetupTimes> Setups => Set<SetupTimes>();

    /// <summary>Operators by skill, tools, moulds.</summary>
    public DbSet<PlantResource> Resources => Set<PlantResource>();

    /// <summary>How the plant wants to be planned: one row.</summary>
    public DbSet<PlanningSettings> Settings => Set<PlanningSettings>();

    /// <summary>Pinned operations.</summary>
    public DbSet<LockedOperation> Locks => Set<LockedOperation>();

    /// <summary>Operations taken out of the plan.</summary>
    public DbSet<TakenOutOperation> TakenOut => Set<TakenOutOperation>();

    /// <summary>Plans.</summary>
    public DbSet<PlanRecord> Plans => Set<PlanRecord>();

    /// <summary>Planning runs.</summary>
    public DbSet<PlanningRun> Runs => Set<PlanningRun>();

    /// <summary>Scenarios.</summary>
    public DbSet<Scenario> Scenarios => Set<Scenario>();

    /// <summary>Drafts of planners.</summary>
    public DbSet<PlanDraft> Drafts => Set<PlanDraft>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<WorkCalendar>(calendar =>
        {
            calendar.ToTable("calendar").HasKey(c => c.Code);
            calendar.Ignore(c => c.Removed);
            Json(calendar.Property(c => c.Patterns));
            Json(calendar.Property(c => c.Exceptions));
            Json(calendar.Property(c => c.Shifts));
            Json(calendar.Property(c => c.ClosedDays));
        });
        modelBuilder.Entity<SetupTimes>(setup =>
        {
            setup.ToTable("setup_times").HasKey(s => s.Equipment);
            Json(setup.Property(s => s.Changes));
        });
        modelBuilder.Entity<PlantResource>().ToTable("plant_resource").HasKey(resource => resource.Code);
        modelBuilder.Entity<PlanningSettings>().ToTable("planning_settings").HasKey(settings => settings.Id);
        modelBuilder.Entity<LockedOperation>().ToTable("operation_lock").HasKey(pin => pin.OperationId);
        modelBuilder.Entity<TakenOutOperation>().ToTable("taken_out_operation").HasKey(row => row.OperationId);
        modelBuilder.Entity<PlanRecord>(plan =>
        {
            plan.ToTable("plan").HasKey(p => p.Id);
            plan.Ignore(p => p.Undo);
            Json(plan.Property(p => p.Warnings));
            plan.HasOne<Scenario>().WithMany().HasForeignKey(p => p.ScenarioId);     // a scenario is written before its plans
            plan.HasOne<PlanDraft>().WithMany().HasForeignKey(p => p.DraftId);
        });
        modelBuilder.Entity<PlanningRun>(run =>
        {
            run.ToTable("planning_run").HasKey(r => new { r.Id, r.Attempt });
            run.Property(r => r.Sequence).UseIdentityAlwaysColumn();
            run.Property(r => r.Owner);
            run.Property(r => r.Interruptions);
            Json(run.Property(r => r.Value!));
            Json(run.Property(r => r.Bound!));
        });
        modelBuilder.Entity<Scenario>(scenario =>
        {
            scenario.ToTable("scenario").HasKey(s => s.Id);
            scenario.Property(s => s.Facts).HasColumnType("jsonb");
            Json(scenario.Property(s => s.Changes));
        });
        modelBuilder.Entity<PlanDraft>(draft =>
        {
            draft.ToTable("plan_draft").HasKey(d => d.Id);
            draft.Ignore(d => d.Taken);
            draft.Ignore(d => d.Undone);
            Json(draft.Property(d => d.Steps));
            Json(draft.Property(d => d.Lost));
        });
    }

    static void Json<T>(PropertyBuilder<T> property) => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, MessageJson.Options),
        text => JsonSerializer.Deserialize<T>(text, MessageJson.Options)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value!.GetHashCode(), value => value));
}
