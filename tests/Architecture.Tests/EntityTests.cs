using System.Reflection;
using Mes.Persistence;
using Microsoft.EntityFrameworkCore;
using static Mes.Tests.Support.EndpointAnswers;

namespace Mes.Architecture.Tests;

/// <summary>What a database maps to a table changes by its own methods: nobody sets its properties from outside.</summary>
public class EntityTests
{
    static readonly Type[] Databases = [.. Directory.GetFiles(AppContext.BaseDirectory, "Mes.*.dll")
        .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path))).SelectMany(assembly => assembly.GetTypes())
        .Where(type => type is { IsAbstract: false } && type.IsSubclassOf(typeof(MesDbContext))
            && Project.All.Any(project => !project.Path.StartsWith("tests/", StringComparison.Ordinal)
                && Path.GetFileNameWithoutExtension(project.Path) == type.Assembly.GetName().Name))];

    [Fact]
    public void Every_service_has_a_database_and_so_has_identity() =>
        Databases.Select(type => type.Name).Order(StringComparer.Ordinal).ShouldBe(
            ["EquipmentDb", "IdentityDb", "InventoryDb", "QualityDb", "SchedulingDb", "WorkOrdersDb"]);

    [Fact]
    public void Nobody_sets_an_entity_s_property_from_outside() =>
        Databases.SelectMany(type => EntitiesOf(Unconnected(type))).Distinct().SelectMany(Settable).ShouldBeEmpty();

    [Theory]
    [InlineData(nameof(Seeded.Open))]
    [InlineData(nameof(Seeded.Inside))]
    [InlineData(nameof(Seeded.Inherited))]
    public void A_property_that_others_set_is_found(string name) =>
        Settable(typeof(Seeded)).ShouldContain($"{typeof(Seeded)}.{name}");

    [Fact]
    public void What_only_the_entity_sets_is_left_alone() => Settable(typeof(Seeded)).Count().ShouldBe(3);

    static DbContext Unconnected(Type database)
    {
        var builder = typeof(DbContextOptionsBuilder<>).MakeGenericType(database);
        var options = (DbContextOptionsBuilder)Activator.CreateInstance(builder)!;
        return (DbContext)Activator.CreateInstance(database, options.UseNpgsql("Host=127.0.0.1").Options)!;
    }

    static IEnumerable<string> Settable(Type entity) => entity
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(property => property.SetMethod is { IsPrivate: false } setter && !IsInitOnly(setter))
        .Select(property => $"{entity}.{property.Name}");

    static bool IsInitOnly(MethodInfo setter) =>
        setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    class SeededBase
    {
        public int Inherited { get; set; }
    }

    sealed class Seeded : SeededBase
    {
        public int Open { get; set; }

        internal int Inside { get; set; }

        public int Own { get; private set; }

        public int Once { get; init; }

        public int Computed => Own;

        public void Become(int own) => Own = own;
    }
}
