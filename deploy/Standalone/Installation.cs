using Mes.Postgres;

namespace Mes.Standalone;

/// <summary>What one data folder holds: its PostgreSQL or the claim on an external one, and what the services are told.</summary>
sealed record Installation(string DataFolder, IPostgres Postgres, IReadOnlyDictionary<string, string?> Configuration)
{
    /// <exception cref="PostgresUnavailableException">Another instance uses the data, or PostgreSQL cannot be used.</exception>
    public static async Task<Installation> Open(StandaloneOptions options, ILogger log)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(folder);
        IPostgres postgres = options.Postgres is { } external
            ? await ExternalPostgres.ClaimAsync(external, folder, log)
            : await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder }, log);
        try
        {
            var databases = await PostgresProvisioner.ProvisionAsync(
                postgres.AdminConnectionString, postgres.Secret, DatabaseSpec.Installation);
            return new Installation(folder, postgres, Configure(databases.Values, postgres.Secret));
        }
        catch
        {
            await postgres.DisposeAsync();
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
