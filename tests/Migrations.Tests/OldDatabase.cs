using Mes.Tests.Support;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;

namespace Mes.Migrations.Tests;

/// <summary>Databases with rows of an older version.</summary>
static class OldDatabase
{
    // The framework looks for a name behind a date of 14 digits and a line; ours have 12
    const int NameAt = 15;

    /// <summary>A database as it was after a migration, with rows of then, brought up to date.</summary>
    public static async Task<TestDatabase> Before(
        string service, string migration, string rows, string zone = "UTC")
    {
        var database = await (await PostgresServer.SharedAsync()).CreateDatabaseAsync(service);
        await Execute(database,
            $"do $$ begin execute format('alter database %I set timezone to %L', current_database(), '{zone}'); end $$");
        await using var db = ServiceModel.Of(service).Create(database.OwnerConnectionString);
        var migrator = db.GetService<IMigrator>();
        await migrator.MigrateAsync(migration[NameAt..]);
        await Execute(database, rows);
        await migrator.MigrateAsync();
        return database;
    }

    static async Task Execute(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Texts that a query finds.</summary>
    public static async Task<List<string>> Rows(TestDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.OwnerConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}
