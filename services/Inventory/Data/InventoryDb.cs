using Dapper;
using Mes.Inventory.Domain;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Mes.Inventory.Data;

/// <summary>The database of the inventory.</summary>
public sealed class InventoryDb(DbContextOptions<InventoryDb> options) : MesDbContext(options)
{
    /// <summary>Materials.</summary>
    public DbSet<Material> Materials => Set<Material>();

    /// <summary>Locations.</summary>
    public DbSet<Location> Locations => Set<Location>();

    /// <summary>Lots.</summary>
    public DbSet<Lot> Lots => Set<Lot>();

    /// <summary>Movements with their ledger entries.</summary>
    public DbSet<Movement> Movements => Set<Movement>();

    /// <summary>Discrepancies.</summary>
    public DbSet<Discrepancy> Discrepancies => Set<Discrepancy>();

    /// <summary>Reservations.</summary>
    public DbSet<Reservation> Reservations => Set<Reservation>();

    /// <summary>Labels that were printed of lots.</summary>
    public DbSet<LabelPrint> LabelPrints => Set<LabelPrint>();

    /// <summary>Runs SQL in the current transaction.</summary>
    /// <returns>How many rows it changed.</returns>
    // SQL: for those of the service that say why
    internal Task<int> Execute(string sql, object parameters, CancellationToken ct) =>
        Database.GetDbConnection().ExecuteAsync(Command(sql, parameters, ct));

    /// <summary>Reads rows by SQL in the current transaction.</summary>
    internal async Task<List<T>> Read<T>(string sql, object parameters, CancellationToken ct) =>
        (await Database.GetDbConnection().QueryAsync<T>(Command(sql, parameters, ct))).AsList();

    /// <summary>Reads several results by SQL in the current transaction.</summary>
    internal Task<SqlMapper.GridReader> ReadSeveral(string sql, object parameters, CancellationToken ct) =>
        Database.GetDbConnection().QueryMultipleAsync(Command(sql, parameters, ct));

    CommandDefinition Command(string sql, object parameters, CancellationToken ct) =>
        new(sql, parameters, Database.CurrentTransaction?.GetDbTransaction(), cancellationToken: ct);

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Material>().ToTable("material").HasKey(material => material.Code);
        modelBuilder.Entity<Location>(location =>
        {
            location.ToTable("location").HasKey(l => l.Code);
            location.Ignore(l => l.IsReal);
        });
        modelBuilder.Entity<Lot>(lot =>
        {
            lot.ToTable("lot").HasKey(l => new { l.Material, l.Number });
            lot.Ignore(l => l.Key);
        });
        modelBuilder.Entity<Movement>(movement =>
        {
            movement.ToTable("movement").HasKey(m => m.Id);
            movement.HasMany(m => m.Entries).WithOne().HasForeignKey(entry => entry.MovementId);
        });
        modelBuilder.Entity<LedgerEntry>().ToTable("ledger_entry").HasKey(entry => new { entry.MovementId, entry.Line });
        modelBuilder.Entity<Discrepancy>().ToTable("discrepancy").HasKey(discrepancy => discrepancy.Id);
        modelBuilder.Entity<LabelPrint>(print =>
        {
            print.ToTable("label_print").HasKey(p => p.Id);
            print.Property(p => p.Id).ValueGeneratedNever();
        });
        modelBuilder.Entity<Reservation>().ToTable("reservation").HasKey(reservation => reservation.Id);
    }
}
