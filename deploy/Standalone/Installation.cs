using Mes.Postgres;

namespace Mes.Standalone;

/// <summary>What one data folder holds: its PostgreSQL, its secrets, and the configuration that follows from them.</summary>
sealed record Installation(string DataFolder, EmbeddedPostgres? Postgres, IReadOnlyDictionary<string, string?> Configuration)
{
    public static async Task<Installation> Open(StandaloneOptions options, ILogger log)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(folder);
        var postgres = options.Postgres is null
            ? await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder }, log)
            : null;
        try
        {
            var secret = postgres?.Secret ?? PostgresSecret.LoadOrCreate(Path.Combine(folder, "secret"));
            var databases = await PostgresProvisioner.ProvisionAsync(
                options.Postgres ?? postgres!.AdminConnectionString, secret, DatabaseSpec.Installation);
            return new Installation(folder, postgres, Configure(databases.Values, secret));
        }
        catch
        {
            await (postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    static Dictionary<string, string?> Configure(IEnumerable<DatabaseAccess> databases, PostgresSecret secret)
    {
        var configuration = new Dictionary<string, string?>
        {
            ["Mes:TicketKey"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(secret.PasswordOf("tickets")))
        };
        foreach (var database in databases)
        {
            configuration[$"ConnectionStrings:{database.Service}"] = database.AppConnectionString;
            configuration[$"ConnectionStrings:{database.Service}-owner"] = database.OwnerConnectionString;
        }
        return configuration;
    }
}
