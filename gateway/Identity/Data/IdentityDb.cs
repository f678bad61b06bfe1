using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Data;

/// <summary>The gateway's own database: who may sign in, who is signed in, and the trail of who changed that.</summary>
sealed class IdentityDb(DbContextOptions<IdentityDb> options) : MesDbContext(options)
{
    /// <summary>The service name that its connection strings go by.</summary>
    public const string Name = "identity";

    public DbSet<Person> People => Set<Person>();

    public DbSet<Badge> Badges => Set<Badge>();

    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<Pairing> Pairings => Set<Pairing>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    /// <summary>
    /// A person, locked: a sign-in with what is taken away comes before, and is ended, or after, and is refused.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>person-not-found</c>.</exception>
    public async Task<Person> LockPerson(string code, CancellationToken ct) => await FindPerson(code, ct)
        ?? throw RuleViolation.NotFound("person", code);

    /// <summary>As <see cref="LockPerson"/>, or null.</summary>
    public Task<Person?> FindPerson(string code, CancellationToken ct) =>
        People.FromSql($"select * from people where code = {code} for update").SingleOrDefaultAsync(ct);

    /// <summary>
    /// Queues changes of who there is and in which roles: two administrators could otherwise remove each other.
    /// </summary>
    // SQL: an advisory lock, which Entity Framework does not know
    public Task<int> LockPeople(CancellationToken ct) =>
        Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtext('administrators'))", ct);

    /// <summary>
    /// Refuses to take away the last administrator who can sign in as one: by password, for no badge gives
    /// <see cref="Permissions.ManageIdentity"/>. Call under <see cref="LockPeople"/>.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>last-administrator</c>.</exception>
    public async Task MustKeepAnAdministratorWithout(Guid person, CancellationToken ct)
    {
        var remains = await People.AnyAsync(
            other => other.Id != person && other.DeactivatedAt == null && other.PasswordHash != null
                && other.Roles.Contains(Roles.Administrator), ct);
        if (!remains)
            throw new RuleViolation("last-administrator",
                "This is the last administrator with a password: make another one first.");
    }

    /// <summary>A badge that admits somebody, locked as <see cref="LockPerson"/> does.</summary>
    /// <exception cref="RuleViolation">Code <c>badge-not-found</c>.</exception>
    public async Task<Badge> LockBadge(Guid id, CancellationToken ct) => await Badges
        .FromSql($"select * from badges where id = {id} and revoked_at is null for update").SingleOrDefaultAsync(ct)
        ?? throw RuleViolation.NotFound("badge", id);

    /// <summary>Whose a badge is.</summary>
    public Task<Person> OwnerOf(Badge badge, CancellationToken ct) =>
        People.SingleAsync(person => person.Id == badge.PersonId, ct);

    /// <summary>Until when wrong passwords have locked a person's account somewhere, UTC; null where none have.</summary>
    public Task<DateTimeOffset?> LockedUntil(Person person, DateTimeOffset now, CancellationToken ct) => SignInFailures
        .Where(failure => failure.Account == SignInFailure.OfUser(person.NormalizedUserName ?? "") && failure.LockedUntil > now)
        .MaxAsync(failure => failure.LockedUntil, ct);

    /// <summary>Unlocks an account everywhere.</summary>
    public async Task ForgetFailures(string account, CancellationToken ct) => SignInFailures
        .RemoveRange(await SignInFailures.Where(failure => failure.Account == account).ToListAsync(ct));

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Person>().ToTable("people");
        modelBuilder.Entity<Badge>().ToTable("badges")
            .HasOne<Person>().WithMany().HasForeignKey(badge => badge.PersonId);
        modelBuilder.Entity<ApiClient>().ToTable("api_clients");
        modelBuilder.Entity<ApiKey>().ToTable("api_keys")
            .HasOne<ApiClient>().WithMany().HasForeignKey(key => key.ClientId);
        modelBuilder.Entity<Device>().ToTable("devices");
        modelBuilder.Entity<Pairing>().ToTable("pairings").HasKey(pairing => pairing.Code);
        modelBuilder.Entity<Session>().ToTable("sessions");
        modelBuilder.Entity<SignInFailure>().ToTable("sign_in_failures")
            .HasKey(failure => new { failure.Account, failure.Origin });
    }
}
