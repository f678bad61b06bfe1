using Npgsql;

namespace Mes.Postgres.Tests;

/// <summary>A committed row that must outlive whatever happens to the server.</summary>
static class Facts
{
    public static async Task WriteAsync(string connectionString, int number)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var write = source.CreateCommand(
            $"CREATE TABLE IF NOT EXISTS fact (number int); INSERT INTO fact VALUES ({number})");
        await write.ExecuteNonQueryAsync();
    }

    public static async Task<int[]> ReadAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var read = source.CreateCommand("SELECT coalesce(array_agg(number ORDER BY number), '{}') FROM fact");
        return (int[])(await read.ExecuteScalarAsync())!;
    }

    public static async Task<string> ShowAsync(string connectionString, string setting)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var show = source.CreateCommand($"SHOW {setting}");
        return (string)(await show.ExecuteScalarAsync())!;
    }
}
