using Mes.Postgres;
using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Mes.Migrations.Tests;

/// <summary>The tables are written by hand: here they are held against the model that reads and writes them.</summary>
public class TableTests
{
    public static TheoryData<string> Services => [.. DatabaseSpec.Services];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task The_tables_are_those_of_the_model(string service)
    {
        var (model, columns) = await Migrated(service);
        Differences(model, columns).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_difference_is_found()
    {
        var (model, columns) = await Migrated("inventory");
        var code = columns.Single(column => column is { Table: "material", Name: "code" });
        List<Column> others = [.. columns.Except([code])];
        Differences(model, columns).ShouldBeEmpty();
        Differences(model, others).ShouldHaveSingleItem();
        Differences(model, [.. others, code with { Type = "uuid" }]).ShouldHaveSingleItem();
        Differences(model, [.. others, code with { IsNullable = true }]).ShouldHaveSingleItem();
        Differences(model, [.. columns, code with { Name = "never_filled" }]).ShouldHaveSingleItem();
        Differences(model, [.. columns, code with { Name = "filled", IsFilledByDatabase = true }]).ShouldBeEmpty();
    }

    static async Task<(IRelationalModel Model, List<Column> Columns)> Migrated(string service)
    {
        await using var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(service);
        await using var db = ServiceModel.Of(service).Create(database.OwnerConnectionString);
        await db.Database.MigrateAsync();
        return (ServiceModel.DesignOf(db).GetRelationalModel(), await Columns(database.OwnerConnectionString));
    }

    static IEnumerable<string> Differences(IRelationalModel model, IReadOnlyList<Column> columns) =>
        from table in model.Tables
        let there = columns.Where(column => column.Table == table.Name).ToDictionary(column => column.Name)
        from difference in Wrong(table, there).Concat(NeverFilled(table, there))
        select difference;

    static IEnumerable<string> Wrong(ITable table, Dictionary<string, Column> there) =>
        from column in table.Columns
        let wanted = new Column(table.Name, column.Name, column.StoreType, column.IsNullable, false)
        let found = there.GetValueOrDefault(column.Name)
        where found is null || found with { IsFilledByDatabase = false } != wanted
        select $"the model has {wanted}, the database {found?.ToString() ?? "none"}";

    static IEnumerable<string> NeverFilled(ITable table, Dictionary<string, Column> there) =>
        from column in there.Values
        where column is { IsNullable: false, IsFilledByDatabase: false } && table.FindColumn(column.Name) is null
        select $"the model does not fill {column}";

    static async Task<List<Column>> Columns(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            """
            SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull,
                   a.atthasdef OR a.attidentity <> '' OR a.attgenerated <> ''
            FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var columns = new List<Column>();
        while (await reader.ReadAsync())
        {
            columns.Add(new Column(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetBoolean(3), reader.GetBoolean(4)));
        }
        return columns;
    }

    sealed record Column(string Table, string Name, string Type, bool IsNullable, bool IsFilledByDatabase);
}
