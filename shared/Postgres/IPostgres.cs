namespace Mes.Postgres;

/// <summary>The PostgreSQL of an installation: one of its own, or its claim on an external one. Disposing gives it up.</summary>
public interface IPostgres : IAsyncDisposable
{
    /// <summary>Connects as the server's administrator: for provisioning and tools, never for a service.</summary>
    string AdminConnectionString { get; }

    /// <summary>What the roles' passwords are derived from.</summary>
    PostgresSecret Secret { get; }

    /// <summary>Ends when another installation has taken the server: this one must stop.</summary>
    Task Lost { get; }
}
