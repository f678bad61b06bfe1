namespace Mes.Postgres;

/// <summary>How and where <see cref="EmbeddedPostgres"/> runs its server.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>The edition's data folder. PostgreSQL uses its subfolder <c>postgres</c>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>The first port to try, 1–65535, on a cluster that has none yet; the one found free is remembered.</summary>
    public int FirstPort { get; init; } = 15432;

    /// <summary>
    /// True for every real use: what was committed survives a power cut. False (no fsync) only for throw-away test data.
    /// </summary>
    public bool Durable { get; init; } = true;

    /// <summary>PostgreSQL's <c>max_connections</c>. The pools of all services together stay below it.</summary>
    public int MaxConnections { get; init; } = 300;

    /// <summary>PostgreSQL's <c>shared_buffers</c> in MiB; null takes an eighth of the memory, 128 to 1024.</summary>
    public int? SharedBuffersMebibytes { get; init; }

    /// <summary>Further settings of the server, by name; they win over the ones chosen here.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>
    /// A folder that every account may traverse, used as root only: the programs lie there, and the data too where the
    /// data folder is closed to the account PostgreSQL runs under.
    /// </summary>
    public string SystemFolder { get; init; } =
        OperatingSystem.IsMacOS() ? "/Library/Application Support/Mes" : "/var/lib/mes";

    /// <summary>Where an ordinary user's copy of the programs lies; null takes the user's local application data.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>The account to use as root; null takes the first of <c>mes</c>, <c>postgres</c>, <c>nobody</c>.</summary>
    public string? Account { get; init; }

    /// <summary>How long a start may take, crash recovery included, before it counts as failed.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long sessions may take to end at a stop before the server is stopped without a checkpoint.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromMinutes(1);
}
