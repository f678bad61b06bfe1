using System.Reflection;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Mes.Migrations.Tests;

/// <summary>The context of one service, made as <c>dotnet ef</c> makes it.</summary>
/// <param name="Service">The service in lower case, as its database is called.</param>
/// <param name="Factory">What makes the context.</param>
sealed record ServiceModel(string Service, IDesignTimeDbContextFactory<MesDbContext> Factory)
{
    /// <summary>All that the projects have.</summary>
    public static IReadOnlyList<ServiceModel> All { get; } = [.. Directory.GetFiles(AppContext.BaseDirectory, "Mes.*.dll")
        .Select(Assembly.LoadFrom).SelectMany(assembly => assembly.GetTypes())
        .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IDesignTimeDbContextFactory<MesDbContext>)))
        .Select(type => (IDesignTimeDbContextFactory<MesDbContext>)Activator.CreateInstance(type)!)
        .Select(factory => new ServiceModel(NameOf(factory), factory))];

    /// <summary>The one of a service.</summary>
    public static ServiceModel Of(string service) => All.Single(model => model.Service == service);

    /// <summary>A context on a database, or on none.</summary>
    public MesDbContext Create(string? connectionString = null) =>
        Factory.CreateDbContext(connectionString is null ? [] : [connectionString]);

    /// <summary>The model with all that migrations need, which the running service's has not.</summary>
    public static IModel DesignOf(MesDbContext db) => db.GetService<IDesignTimeModel>().Model;

    static string NameOf(IDesignTimeDbContextFactory<MesDbContext> factory)
    {
        using var db = factory.CreateDbContext([]);
        return db.GetType().Name[..^"Db".Length].ToLowerInvariant();
    }
}
