using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Mes.Persistence;

/// <summary>
/// Makes a service's context without a host, for tools such as <c>dotnet ef</c>. The first argument is a connection string; the
/// model can be looked at without one.
/// </summary>
public abstract class DesignTimeFactory<TDb> : IDesignTimeDbContextFactory<TDb> where TDb : MesDbContext
{
    /// <inheritdoc />
    public TDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<TDb>()
            .UseNpgsql(args.FirstOrDefault())
            .ConfigureWarnings(events => events.Ignore(RelationalEventId.PendingModelChangesWarning))     // a test tells
            .Options;
        return (TDb)Activator.CreateInstance(typeof(TDb), options)!;
    }
}
