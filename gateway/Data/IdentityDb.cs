using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Mes.Gateway.Data;

/// <summary>The gateway's own database: who may sign in, who is signed in, and the trail of who changed that.</summary>
sealed class IdentityDb(DbContextOptions<IdentityDb> options) : MesDbContext(options)
{
    /// <summary>The service name that its connection strings go by.</summary>
    public const string Name = "identity";

    public DbSet<User> Users => Set<User>();

    public DbSet<Badge> Badges => Set<Badge>();

    public DbSet<ApiClient> ApiClients => Set<ApiClient>();

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    /// <summary>Names who makes the changes that follow, by which verb and why; for the audit trail.</summary>
    public void ActAs(Actor actor, string action, string? why = null)
    {
        Actor = actor;
        Action = action;
        Reason = why;
    }

    /// <summary>As above, for a signed-in caller.</summary>
    public void ActAs(Caller caller, string action, string? why = null) =>
        ActAs(caller.ToActor(), action, why);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<User>(MapUser);
        modelBuilder.Entity<Badge>().ToTable("badges");
        modelBuilder.Entity<ApiClient>().ToTable("api_clients");
        modelBuilder.Entity<ApiKey>().ToTable("api_keys")
            .HasOne<ApiClient>().WithMany().HasForeignKey(key => key.ClientId);
        modelBuilder.Entity<Device>().ToTable("devices");
        modelBuilder.Entity<Session>().ToTable("sessions");
        modelBuilder.Entity<SignInFailure>().ToTable("sign_in_failures")
            .HasKey(failure => new { failure.Account, failure.Origin });
    }

    // Of the framework's user, only what a plant needs: no e-mail, phone or second factor yet, and failures are counted elsewhere
    static void MapUser(EntityTypeBuilder<User> user)
    {
        user.ToTable("users");
        user.Property(u => u.UserName).IsRequired();
        user.Property(u => u.NormalizedUserName).IsRequired();
        user.Property(u => u.ConcurrencyStamp).IsConcurrencyToken();
        user.Ignore(u => u.Email).Ignore(u => u.NormalizedEmail).Ignore(u => u.EmailConfirmed)
            .Ignore(u => u.PhoneNumber).Ignore(u => u.PhoneNumberConfirmed).Ignore(u => u.TwoFactorEnabled)
            .Ignore(u => u.LockoutEnd).Ignore(u => u.LockoutEnabled).Ignore(u => u.AccessFailedCount);
    }
}
