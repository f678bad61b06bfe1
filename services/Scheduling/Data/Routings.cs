using System.Text.Json;
using Dapper;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Scheduling.Domain;

namespace Mes.Scheduling.Data;

/// <summary>Routings, for orders that are not placed yet.</summary>
sealed class Routings(ServiceDatabase<SchedulingDb> database, PlanningInput input)
{
    /// <summary>The operations of a product's newest routing.</summary>
    /// <exception cref="RuleViolation">It has none.</exception>
    public async Task<IReadOnlyList<RoutedOperation>> Newest(string product, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var routings = await connection.QueryAsync<(string Revision, string Operations)>(new CommandDefinition(
            "SELECT revision, operations FROM routing WHERE product = @product ORDER BY code", new { product },
            cancellationToken: ct));
        var newest = routings.OrderByDescending(routing => Revisions.OrderKey(routing.Revision), StringComparer.Ordinal)
            .FirstOrDefault();
        return newest.Operations is { } json
            ? JsonSerializer.Deserialize<IReadOnlyList<RoutedOperation>>(json, MessageJson.Options)!
            : throw new RuleViolation("routing-not-found", "Define a routing of the product, or give the operations.",
                ("product", product));
    }

    /// <summary>A date on equipment that nobody has would be none.</summary>
    /// <exception cref="RuleViolation">The operations name equipment that is none of the plant's.</exception>
    public async Task RequireEquipment(
        IReadOnlyList<RoutedOperation> operations, PlanningFacts facts, CancellationToken ct)
    {
        var known = await input.KnownEquipment(facts, ct);
        var unknown = operations.SelectMany(operation => operation.Equipment).Where(code => !known.Contains(code))
            .Distinct().ToList();
        if (unknown.Count > 0)
        {
            throw new RuleViolation("equipment-not-found", "Name equipment of the plant.", ("equipment", unknown));
        }
    }
}
