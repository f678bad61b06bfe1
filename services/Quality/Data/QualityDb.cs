using System.Text.Json;
using Mes.Persistence;
using Mes.Quality.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mes.Quality.Data;

/// <summary>The database of Quality.</summary>
public sealed class QualityDb(DbContextOptions<QualityDb> options) : MesDbContext(options)
{
    /// <summary>Plans in their newest version.</summary>
    public DbSet<InspectionPlan> Plans => Set<InspectionPlan>();

    /// <summary>Every version of every plan.</summary>
    public DbSet<PlanVersion> PlanVersions => Set<PlanVersion>();

    /// <summary>Inspections.</summary>
    public DbSet<Inspection> Inspections => Set<Inspection>();

    /// <summary>Measurements.</summary>
    public DbSet<Measurement> Measurements => Set<Measurement>();

    /// <summary>Holds.</summary>
    public DbSet<Hold> Holds => Set<Hold>();

    /// <summary>Nonconformances.</summary>
    public DbSet<Nonconformance> Nonconformances => Set<Nonconformance>();

    /// <summary>Orders as far as Quality knows them.</summary>
    public DbSet<FollowedOrder> Orders => Set<FollowedOrder>();

    /// <summary>Reports that opened something.</summary>
    public DbSet<FollowedReport> Reports => Set<FollowedReport>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<InspectionPlan>(row =>
        {
            row.ToTable("inspection_plan").HasKey(plan => plan.Code);
            row.Ignore(plan => plan.Current);
            AsJson(row.Property(plan => plan.Definition));
        });
        modelBuilder.Entity<PlanVersion>(row =>
        {
            row.ToTable("plan_version").HasKey(version => new { version.Code, version.Version });
            AsJson(row.Property(version => version.Definition));
        });
        modelBuilder.Entity<Inspection>(row =>
        {
            row.ToTable("inspection").HasKey(inspection => inspection.Id);
            row.Property(inspection => inspection.Id).ValueGeneratedNever();
            row.Ignore(inspection => inspection.HoldTarget);
            row.Ignore(inspection => inspection.FollowedPlan);
            AsJson(row.Property(inspection => inspection.Plan));
            row.HasOne<FollowedReport>().WithMany().HasForeignKey(inspection => inspection.ReportId);
        });
        modelBuilder.Entity<Measurement>(row =>
        {
            row.ToTable("measurement").HasKey(measurement => new { measurement.InspectionId, measurement.Position });
            row.Property(measurement => measurement.Position).ValueGeneratedNever();
            row.HasOne<Inspection>().WithMany().HasForeignKey(measurement => measurement.InspectionId);
        });
        modelBuilder.Entity<Hold>(row =>
        {
            row.ToTable("hold").HasKey(hold => hold.Id);
            row.Property(hold => hold.Id).ValueGeneratedNever();
            row.HasOne<Inspection>().WithMany().HasForeignKey(hold => hold.InspectionId);
        });
        MapNonconformance(modelBuilder);
        MapFollowed(modelBuilder);
    }

    static void MapNonconformance(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Nonconformance>(row =>
        {
            row.ToTable("nonconformance").HasKey(found => found.Id);
            row.Property(found => found.Id).ValueGeneratedNever();
            row.HasOne<FollowedReport>().WithMany().HasForeignKey(found => found.ReportId);
            row.HasOne<FollowedReport>().WithMany().HasForeignKey(found => found.JudgedReportId);
            row.HasOne<Inspection>().WithMany().HasForeignKey(found => found.InspectionId);
            row.HasMany(found => found.Dispositions).WithOne().HasForeignKey(decision => decision.NonconformanceId);
        });
        modelBuilder.Entity<Disposition>(row =>
        {
            row.ToTable("disposition").HasKey(decision => new { decision.NonconformanceId, decision.Position });
            row.Property(decision => decision.Position).ValueGeneratedNever();
        });
    }

    static void MapFollowed(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<FollowedOrder>(row =>
        {
            row.ToTable("followed_order").HasKey(order => order.OrderId);
            row.Property(order => order.OrderId).ValueGeneratedNever();
            AsJson(row.Property(order => order.Operations));
        });
        modelBuilder.Entity<FollowedReport>(row =>
        {
            row.ToTable("followed_report").HasKey(report => report.ReportId);
            row.Property(report => report.ReportId).ValueGeneratedNever();
            AsJson(row.Property(report => report.Report));
        });
    }

    // Values are replaced, never changed in place: comparing references is enough to see a change
    static void AsJson<T>(PropertyBuilder<T> property) => property.HasColumnType("jsonb").HasConversion(
        value => JsonSerializer.Serialize(value, MessageJson.Options),
        text => JsonSerializer.Deserialize<T>(text, MessageJson.Options)!,
        new ValueComparer<T>((a, b) => ReferenceEquals(a, b), value => value == null ? 0 : value.GetHashCode(), value => value));
}
