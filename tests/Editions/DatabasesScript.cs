using System.Text.RegularExpressions;
using Npgsql;

namespace Mes.Tests.Editions;

/// <summary>
/// Runs the SQL of deploy/postgres/databases.sh, which makes the databases of the distributed edition, without psql.
/// </summary>
static partial class DatabasesScript
{
    /// <param name="adminConnectionString">Connects as the server's superuser.</param>
    /// <param name="environment">Holds the passwords that the script takes from its environment.</param>
    public static async Task Run(string adminConnectionString, IReadOnlyDictionary<string, string> environment)
    {
        var script = await File.ReadAllTextAsync(
            Path.Combine(BuiltProgram.SolutionFolder, "deploy", "postgres", "databases.sh"));
        var services = Loop().Match(script).Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var sql = Sql().Match(script).Groups[1].Value;
        if (services.Length == 0 || sql.Length == 0) throw new InvalidOperationException("databases.sh has another form now");
        await using var admin = NpgsqlDataSource.Create(adminConnectionString);
        foreach (var statement in services.SelectMany(service => Statements(
            sql, service, environment[$"MES_{service.ToUpperInvariant()}_PASSWORD"])))
        {
            await using var command = admin.CreateCommand(statement);   // one by one: CREATE DATABASE takes no company
            await command.ExecuteNonQueryAsync();
        }
    }

    static IEnumerable<string> Statements(string sql, string service, string password) => sql
        .Replace("${service}", service, StringComparison.Ordinal)
        .Replace(":'password'", $"'{password}'", StringComparison.Ordinal)
        .Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    [GeneratedRegex(@"for service in ([a-z ]+); do")]
    private static partial Regex Loop();

    [GeneratedRegex(@"<<SQL\n(.*?)\nSQL\n", RegexOptions.Singleline)]
    private static partial Regex Sql();
}
