using System.Text.Json;
using Mes.Messaging;
using Mes.Scheduling.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mes.Scheduling.Data;

/// <summary>How a plan came about, and how good it is.</summary>
[NotAudited]
public sealed class PlanRecord
{
    /// <summary>Identity: the planning run's.</summary>
    public Guid Id { get; init; }

    /// <summary>Rises with each published plan.</summary>
    public long Version { get; init; }

    /// <summary>Full or incremental.</summary>
    public required string Mode { get; init; }

    /// <summary>How it was found.</summary>
    public required string Method { get; init; }

    /// <summary>The instant it was made for, UTC.</summary>
    public DateTimeOffset Origin { get; init; }

    /// <summary>Number of operations.</summary>
    public int Operations { get; init; }

    /// <summary>Σ weight · seconds late.</summary>
    public long WeightedTardinessSeconds { get; init; }

    /// <summary>No plan has less.</summary>
    public long BoundSeconds { get; init; }

    /// <summary>Share not proved to be necessary, 0 to 1.</summary>
    public double Gap { get; init; }

    /// <summary>Time from origin to the last end, seconds.</summary>
    public long MakespanSeconds { get; init; }

    /// <summary>How long planning took, milliseconds.</summary>
    public long DurationMs { get; init; }
}

/// <summary>The database of the scheduling.</summary>
public sealed class SchedulingDb(DbContextOptions<SchedulingDb> options) : MesDbContext(options)
{
    /// <summary>Calendars.</summary>
    public DbSet<WorkCalendar> Calendars => Set<WorkCalendar>();

    /// <summary>Plans.</summary>
    public DbSet<PlanRecord> Plans => Set<PlanRecord>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<WorkCalendar>(calendar =>
        {
            calendar.ToTable("calendar").HasKey(c => c.Code);
            Json(calendar.Property(c => c.Shifts));
            Json(calendar.Property(c => c.ClosedDays));
        });
        modelBuilder.Entity<PlanRecord>().ToTable("plan").HasKey(plan => plan.Id);
    }

    static void Json<T>(PropertyBuilder<T> property) => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, MessageJson.Options),
        text => JsonSerializer.Deserialize<T>(text, MessageJson.Options)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value!.GetHashCode(), value => value));
}
