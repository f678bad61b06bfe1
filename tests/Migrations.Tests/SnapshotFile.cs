using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using Npgsql.EntityFrameworkCore.PostgreSQL.Infrastructure;

namespace Mes.Migrations.Tests;

/// <summary>Writes a service's snapshot as <c>dotnet ef migrations add</c> would, without a migration.</summary>
static class SnapshotFile
{
    public static void Write(ServiceModel model)
    {
        using var db = model.Create();
        var context = db.GetType();
        var services = new ServiceCollection().AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(db);
        OfPostgres().ConfigureDesignTimeServices(services);
        using var provider = services.BuildServiceProvider();
        var name = $"{context.Name}ModelSnapshot";
        var text = provider.GetRequiredService<IMigrationsCodeGeneratorSelector>().Select("C#")
            .GenerateSnapshot($"{context.Namespace}.Migrations", context, name, ServiceModel.DesignOf(db));
        var folder = Directory.CreateDirectory(Path.Combine(FolderOf(context), "Data", "Migrations"));
        File.WriteAllText(Path.Combine(folder.FullName, $"{name}.cs"), text.ReplaceLineEndings("\n"));
    }

    static IDesignTimeServices OfPostgres()
    {
        var provider = typeof(NpgsqlDbContextOptionsBuilder).Assembly;
        var name = provider.GetCustomAttribute<DesignTimeProviderServicesAttribute>()!.TypeName;
        return (IDesignTimeServices)Activator.CreateInstance(provider.GetType(name, throwOnError: true)!)!;
    }

    // Mes.Inventory.Data lies in services/Inventory/Data, Mes.Gateway.Identity.Data in gateway/Identity/Data
    static string FolderOf(Type context)
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));
        return context.Namespace!.Split('.')[1..^1] is ["Gateway", .. var below]
            ? Path.Combine([root, "gateway", .. below])
            : Path.Combine(root, "services", context.Namespace!.Split('.')[1]);
    }

    static string ThisFile([CallerFilePath] string path = "") => path;
}
