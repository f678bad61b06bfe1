using Mes.Postgres;

namespace Mes.Standalone;

/// <summary>What one data folder holds: its PostgreSQL or the claim on an external one, and what the services are told.</summary>
sealed record Installation(
    string DataFolder, EmbeddedPostgres? Own, ExternalPostgres? External, IReadOnlyDictionary<string, string?> Configuration)
    : IAsyncDisposable
{
    /// <exception cref="PostgresUnavailableException">Another instance uses the data, or PostgreSQL cannot be used.</exception>
    public static async Task<Installation> Open(StandaloneOptions options, ILogger log)
    {
        var folder = Path.GetFullPath(options.DataFolder);
        Directory.CreateDirectory(folder);
        var own = options.Postgres is null
            ? await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder }, log)
            : null;
        var external = options.Postgres is { } given ? await ExternalPostgres.ClaimAsync(given, folder, log) : null;
        var installation = new Installation(folder, own, external, new Dictionary<string, string?>());
        try
        {
            var secret = own?.Secret ?? external!.Secret;
            var databases = await PostgresProvisioner.ProvisionAsync(
                options.Postgres ?? own!.AdminConnectionString, secret, DatabaseSpec.Installation);
            return installation with { Configuration = Configure(databases.Values, secret) };
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends when another installation took the external PostgreSQL.</summary>
    public Task Lost => External?.Lost ?? Task.Delay(Timeout.Infinite);

    /// <summary>Stops its own PostgreSQL, or gives up the external one.</summary>
    public async ValueTask DisposeAsync()
    {
        await (Own?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (External?.DisposeAsync() ?? ValueTask.CompletedTask);
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
