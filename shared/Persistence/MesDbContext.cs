using Microsoft.EntityFrameworkCore;

namespace Mes.Persistence;

/// <summary>
/// The database of one service. Beside the service's own tables it holds those that make effects exactly-once (outbox, inbox,
/// parked messages, command log) and the audit trail, all of which commit with the change they belong to.
/// </summary>
public abstract class MesDbContext : DbContext
{
    /// <summary>Without savepoints, two round trips per save: no transaction goes on after a failed save.</summary>
    protected MesDbContext(DbContextOptions options) : base(options) => Database.AutoSavepointsEnabled = false;

    /// <summary>Where events go: they commit with the change that causes them and are dispatched after.</summary>
    public Outbox Outbox => new(this);

    /// <summary>On whose behalf changes are made; written to the audit trail.</summary>
    public Actor Actor { get; set; } = Actor.System("service");

    /// <summary>Why the change is made, where the one who makes it says so.</summary>
    public string? Reason { get; set; }

    /// <summary>The command or message that makes the change; written to the audit trail.</summary>
    public string? Action { get; set; }

    internal bool HasNewEvents { get; set; }

    internal HashSet<Action> ToldAfterCommit { get; } = [];

    /// <summary>Has a part of this process told when the unit of work has committed, once however often it is asked.</summary>
    /// <param name="tell">Wakes who waits for it, and no more.</param>
    public void AfterCommit(Action tell) => ToldAfterCommit.Add(tell);

    internal List<SqlChange> SqlChanges { get; } = [];

    internal UnitEntries Entries { get; } = new();

    /// <summary>Whether a unit of work is under way, whose commit makes the entries.</summary>
    internal bool IsUnitOfWork { get; set; }

    /// <summary>Messages that could not be applied; see <see cref="ParkedMessage"/>.</summary>
    public DbSet<ParkedMessage> ParkedMessages => Set<ParkedMessage>();

    /// <summary>The audit trail.</summary>
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    /// <summary>
    /// Tells the trail of a change made in SQL, which the context cannot see by itself: every verb, consumer and job that
    /// writes in SQL calls it once for each thing that it changed, before the transaction's last save. It goes into the same
    /// entry as what the context has seen; many rows of one kind that change together (a plan, a calendar) are one change
    /// that names their number.
    /// </summary>
    /// <example>
    /// <c>db.Audit("hold", id, old: new { State = "Open" }, @new: new { State = "Closed" }, why: request.Reason)</c>
    /// </example>
    /// <param name="table">The table that was written.</param>
    /// <param name="key">The row's key; of several columns, an anonymous object of them.</param>
    /// <param name="old">An object whose members are the columns' old values; null where the row is new.</param>
    /// <param name="new">An object whose members are the new values, secrets left out; null where the row is gone.</param>
    /// <param name="why">The reason, where someone gave one; as <see cref="Reason"/>.</param>
    public void Audit(string table, object key, object? old, object? @new, string? why = null)
    {
        Reason ??= why;
        SqlChanges.Add(new SqlChange(table, key, old, @new));
    }

    /// <summary>Maps the tables of <see cref="MesSchema"/>; a service calls it before its own mapping.</summary>
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>(row =>
        {
            row.ToTable("outbox").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
            row.Property(r => r.Body).HasColumnType("jsonb");
        });
        modelBuilder.Entity<ParkedMessage>(row =>
        {
            row.ToTable("parked_message").HasKey(r => r.Id);
            row.Property(r => r.Id).UseIdentityAlwaysColumn();
        });
        modelBuilder.Entity<AuditEntry>(row =>
        {
            row.ToTable("audit").HasKey(r => r.Id);
            row.Property(r => r.Changes).HasColumnType("jsonb");
            row.Property(r => r.ActorKind).HasConversion(kind => ActorKinds.Spell(kind), stored => ActorKinds.Read(stored));
        });
        modelBuilder.Entity<UnchainedAuditEntry>().ToTable("audit_unchained").HasKey(r => r.AuditId);
    }

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Conventions.Add(_ => new SnakeCaseNames());
        configurationBuilder.Properties<decimal>().HavePrecision(18, 6);
        configurationBuilder.Properties<Enum>().HaveConversion<string>();
    }

    /// <summary>What earlier writes of the unit of work changed, as in the trail; its save tells of all in one entry.</summary>
    internal List<string> ToldLater { get; } = [];

    /// <summary>
    /// Writes what is pending, so that queries see it. The unit of work is saved as ever; its one audit entry tells of this, too.
    /// </summary>
    public Task Flush(CancellationToken ct) => Save(() =>
    {
        AuditTrail.Keep(this);
        return base.SaveChangesAsync(acceptAllChangesOnSuccess: true, ct);
    });

    /// <summary>Saves the changes; the audit entry that describes them goes with the commit.</summary>
    /// <exception cref="InvalidOperationException">There are changes to audit, and no unit of work that enters them.</exception>
    public override Task<int> SaveChangesAsync(
        bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default) => Save(() =>
    {
        AuditTrail.Describe(this);
        return IsUnitOfWork || Entries.IsEmpty
            ? base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken)
            : throw new InvalidOperationException("What is audited or told is changed in a unit of work; see UnitOfWork.");
    });

    /// <summary>Not supported: nothing here waits without awaiting.</summary>
    public override int SaveChanges(bool acceptAllChangesOnSuccess) => throw new NotSupportedException("Use SaveChangesAsync.");

    async Task<int> Save(Func<Task<int>> save)
    {
        ChangeTracker.DetectChanges();
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            return await save();
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = true;
        }
    }
}
