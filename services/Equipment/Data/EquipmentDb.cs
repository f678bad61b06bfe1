using System.Text.Json;
using Mes.Equipment.Domain;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace Mes.Equipment.Data;

/// <summary>The database of the equipment service.</summary>
/// <remarks>
/// Entities are what people change. Reports, tiles and figures are read and written by SQL: see <see cref="Timeline"/>.
/// </remarks>
public sealed class EquipmentDb(DbContextOptions<EquipmentDb> options) : MesDbContext(options)
{
    /// <summary>All that somebody defined or a unit named; none is ever deleted.</summary>
    public DbSet<WorkCenter> WorkCenters => Set<WorkCenter>();

    /// <summary>Defined units, and at version 0 those that the floor reports on but nobody has defined.</summary>
    public DbSet<EquipmentUnit> Units => Set<EquipmentUnit>();

    /// <summary>Among them always <see cref="EquipmentUnit.PlantCalendar"/>, with which the database is created.</summary>
    public DbSet<ShiftCalendarRow> Calendars => Set<ShiftCalendarRow>();

    /// <summary>The one reason tree of the plant, a row for each node.</summary>
    public DbSet<DowntimeReasonRow> Reasons => Set<DowntimeReasonRow>();

    /// <summary>Ongoing and ended stops, each loaded with its parts.</summary>
    public DbSet<Downtime> Downtimes => Set<Downtime>();

    /// <summary>Calls for help.</summary>
    public DbSet<AndonCall> AndonCalls => Set<AndonCall>();

    /// <summary>Who is called, where somebody has said so.</summary>
    public DbSet<AndonEscalation> Escalations => Set<AndonEscalation>();

    internal DbSet<EquipmentAvailability> Availability => Set<EquipmentAvailability>();

    /// <summary>The connection of the current transaction.</summary>
    internal NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    /// <summary>What shifts have handed over.</summary>
    public DbSet<HandoverNote> HandoverNotes => Set<HandoverNote>();

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<WorkCenter>().ToTable("work_center").HasKey(row => row.Code);
        modelBuilder.Entity<EquipmentUnit>(row =>
        {
            row.ToTable("equipment_unit").HasKey(r => r.Code);
            row.Property(r => r.Version).IsConcurrencyToken();
            row.HasOne<WorkCenter>().WithMany().HasForeignKey(r => r.WorkCenter);
        });
        modelBuilder.Entity<EquipmentAvailability>().ToTable("equipment_availability").HasKey(row => row.Equipment);
        modelBuilder.Entity<ShiftCalendarRow>(row =>
        {
            row.ToTable("shift_calendar").HasKey(r => r.Code);
            row.Property(r => r.Definition).HasColumnType("jsonb");
        });
        modelBuilder.Entity<DowntimeReasonRow>().ToTable("downtime_reason").HasKey(row => row.Code);
        modelBuilder.Entity<Downtime>(row =>
        {
            row.ToTable("downtime").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.HasMany(r => r.Parts).WithOne().HasForeignKey(part => part.DowntimeId);
            row.Navigation(r => r.Parts).AutoInclude();
            row.HasOne(r => r.Withdrawal).WithOne().HasForeignKey<DowntimeWithdrawal>(w => w.DowntimeId);
            row.Navigation(r => r.Withdrawal).AutoInclude();
        });
        modelBuilder.Entity<DowntimeWithdrawal>(row =>
        {
            row.ToTable("downtime_withdrawal").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<AndonCall>(row =>
        {
            row.ToTable("andon_call").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
            row.Property(r => r.Version).IsConcurrencyToken();
        });
        modelBuilder.Entity<AndonEscalation>(row =>
        {
            row.ToTable("andon_escalation").HasKey(r => r.Kind);
            row.Property(r => r.Steps).HasColumnType("jsonb").HasConversion(
                steps => JsonSerializer.Serialize(steps, MessageJson.Options),
                text => JsonSerializer.Deserialize<IReadOnlyList<AndonStep>>(text, MessageJson.Options)!,
                new ValueComparer<IReadOnlyList<AndonStep>>(
                    (a, b) => a!.SequenceEqual(b!), steps => steps.Count, steps => steps));
        });
        modelBuilder.Entity<HandoverNote>(row =>
        {
            row.ToTable("handover_note").HasKey(r => r.Id);
            row.Property(r => r.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<DowntimePart>().ToTable("downtime_part")
            .HasKey(part => new { part.DowntimeId, part.FromAt });
    }
}
