using System.Reflection;
using Mes.Contracts;

namespace Mes.Architecture.Tests;

/// <summary>Contracts are records, and what has once been published stays readable.</summary>
public class ContractTests
{
    const string SnapshotPath = "tests/Architecture.Tests/contracts.txt";

    static readonly Type[] Exported = typeof(ContractAttribute).Assembly.GetExportedTypes();

    [Fact]
    public void Contracts_are_records() => NotRecords(Exported).ShouldBeEmpty();

    [Theory]
    [InlineData(typeof(AClass))]
    [InlineData(typeof(AnOpenRecord))]
    [InlineData(typeof(AMutableRecord))]
    public void What_is_no_record_is_found(Type type) => NotRecords([type]).ShouldHaveSingleItem();

    [Fact]
    public void Contracts_use_nothing_but_the_language() => typeof(ContractAttribute).Assembly.GetReferencedAssemblies()
        .Select(name => name.Name).ShouldAllBe(name => name!.StartsWith("System.") || name == "netstandard");

    [Fact]
    public void Contracts_only_grow() =>
        Broken(Repository.Read(SnapshotPath), Describe(Exported)).ShouldBeEmpty("a published member may not go or change");

    [Fact]
    public void The_snapshot_knows_every_member() =>
        Added(Repository.Read(SnapshotPath), Describe(Exported)).ShouldBeEmpty($"add these lines to {SnapshotPath}");

    [Theory]
    [InlineData(typeof(ARecord), "ARecord.Gone: String")]
    [InlineData(typeof(ARecord), "ARecord.Size: String")]
    [InlineData(typeof(ARecord), "ARecord -> a-queue")]
    [InlineData(typeof(ARecord), "Gone.Size: Int32")]
    public void A_member_that_went_or_changed_is_found(Type type, string line) =>
        Broken($"ARecord.Size: Int32\n{line}\n", Describe([type])).ShouldHaveSingleItem().ShouldBe(line);

    [Fact]
    public void A_new_member_asks_for_the_snapshot() => Added("", Describe([typeof(ARecord)])).ShouldBe(["ARecord.Size: Int32"]);

    static IEnumerable<string> NotRecords(IEnumerable<Type> types) => types
        .Where(type => !type.IsEnum && !typeof(Attribute).IsAssignableFrom(type))
        .Where(type => !type.IsSealed || type.GetMethod("<Clone>$") is null || type.GetProperties().Any(IsMutable))
        .Select(type => type.Name);

    static bool IsMutable(PropertyInfo property) => property.SetMethod is { } setter
        && !setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    static IEnumerable<string> Broken(string snapshot, IEnumerable<string> now) => Lines(snapshot).Except(now);

    static IEnumerable<string> Added(string snapshot, IEnumerable<string> now) => now.Except(Lines(snapshot));

    static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);

    static IEnumerable<string> Describe(IEnumerable<Type> types) => types
        .Where(type => !typeof(Attribute).IsAssignableFrom(type)).SelectMany(Describe).Order(StringComparer.Ordinal);

    static IEnumerable<string> Describe(Type type) => type.IsEnum
        ? Enum.GetNames(type).Select(member => $"{type.Name}.{member}")
        : Properties(type).Concat(Delivery(type));

    static IEnumerable<string> Properties(Type type)
    {
        var nullability = new NullabilityInfoContext();
        return type.GetProperties().Select(property =>
            $"{type.Name}.{property.Name}: {Name(property.PropertyType)}{(MayBeNull(property, nullability) ? "?" : "")}");
    }

    // A nullable value type says so in its name
    static bool MayBeNull(PropertyInfo property, NullabilityInfoContext nullability) =>
        !property.PropertyType.IsValueType && nullability.Create(property).ReadState == NullabilityState.Nullable;

    static IEnumerable<string> Delivery(Type type) => type.GetCustomAttribute<ContractAttribute>() is { } contract
        ? contract.Consumers.Select(queue => $"{type.Name} -> {queue}").Prepend($"{type.Name} is a {contract.GetType().Name}")
        : [];

    static string Name(Type type) => Nullable.GetUnderlyingType(type) is { } value ? $"{Name(value)}?"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    sealed class AClass;

    record AnOpenRecord;

    sealed record AMutableRecord
    {
        public int Size { get; set; }
    }

    sealed record ARecord(int Size);
}
