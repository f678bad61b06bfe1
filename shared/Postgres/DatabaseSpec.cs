using System.Text.RegularExpressions;

namespace Mes.Postgres;

/// <summary>One database of one service and the names of its two roles.</summary>
public sealed partial record DatabaseSpec
{
    /// <summary>The services that own a database, the gateway's <c>identity</c> among them.</summary>
    public static IReadOnlyList<string> Services { get; } =
        ["identity", "workorders", "scheduling", "quality", "inventory", "equipment"];

    /// <summary>The six databases of an installation: <c>mes_identity</c>, <c>mes_workorders</c>, …</summary>
    public static IReadOnlyList<DatabaseSpec> Installation { get; } = [.. Services.Select(service => new DatabaseSpec(service))];

    /// <summary>Names a service's database.</summary>
    /// <param name="service">The service in lower case, such as <c>inventory</c>.</param>
    /// <param name="suffix">What tells several databases of the service on one server apart (tests); its roles are
    /// shared.</param>
    /// <exception cref="ArgumentException">A name has other characters than <c>a-z0-9_</c> or is too long for
    /// PostgreSQL.</exception>
    public DatabaseSpec(string service, string? suffix = null)
    {
        Service = service;
        Database = suffix is null ? $"mes_{service}" : $"mes_{service}_{suffix}";
        foreach (var name in new[] { Database, OwnerRole, AppRole })
            if (!NamePattern().IsMatch(name))
                throw new ArgumentException($"{name} is no name for a database or role", nameof(service));
    }

    /// <summary>The service in lower case.</summary>
    public string Service { get; }

    /// <summary>The database.</summary>
    public string Database { get; }

    /// <summary>Owns the database and all in it: the migrations run as this role.</summary>
    public string OwnerRole => $"mes_{Service}_owner";

    /// <summary>The role of the running service: it may connect; what else it may the migrations grant.</summary>
    public string AppRole => $"mes_{Service}_app";

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,62}\z")]
    private static partial Regex NamePattern();
}

/// <summary>How a service reaches its database.</summary>
/// <param name="Service">The service in lower case.</param>
/// <param name="Database">The database.</param>
/// <param name="AppConnectionString">For the running service: no DDL, at most 20 connections.</param>
/// <param name="OwnerConnectionString">For migrations: at most 4 connections.</param>
public sealed record DatabaseAccess(string Service, string Database, string AppConnectionString, string OwnerConnectionString);
