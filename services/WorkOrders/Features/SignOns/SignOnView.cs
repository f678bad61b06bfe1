using Dapper;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.SignOns;

/// <summary>An operator's presence at a station.</summary>
/// <param name="Id">Identity: the id of the command.</param>
/// <param name="Operator">Code of the operator.</param>
/// <param name="Station">Where.</param>
/// <param name="SignedOnAt">From when, UTC.</param>
/// <param name="SignedOffAt">Until when, UTC, or null while present.</param>
/// <param name="AlsoAt">Other stations where the operator was signed on at the same time: right for who minds several machines,
/// else forgotten, or a badge in other hands.</param>
public sealed record SignOnView(
    Guid Id, string Operator, string Station, DateTimeOffset SignedOnAt, DateTimeOffset? SignedOffAt,
    IReadOnlyList<string> AlsoAt)
{
    /// <summary>Where else somebody is follows from all sign-ons there are, in whatever order they arrived.</summary>
    internal static async Task<IReadOnlyList<SignOnView>> Of(IReadOnlyList<SignOn> signOns, WorkOrdersDb db, CancellationToken ct)
    {
        var others = (await db.Connection.QueryAsync<(Guid Id, string Station)>(new CommandDefinition(
            """
            SELECT DISTINCT s.id, o.station
            FROM unnest(@ids, @operators, @stations, @froms, @untils) AS s (id, operator, station, since, until)
            JOIN sign_on o ON o.operator = s.operator AND o.station <> s.station
                AND tstzrange(o.signed_on_at, o.signed_off_at) && tstzrange(s.since, s.until)
            ORDER BY 1, 2
            """,
            new
            {
                ids = signOns.Select(s => s.Id).ToArray(), operators = signOns.Select(s => s.Operator).ToArray(),
                stations = signOns.Select(s => s.Station).ToArray(), froms = signOns.Select(s => s.SignedOnAt).ToArray(),
                untils = signOns.Select(s => s.SignedOffAt).ToArray()
            }, db.Transaction, cancellationToken: ct))).ToLookup(row => row.Id, row => row.Station);
        return [.. signOns.Select(s => new SignOnView(
            s.Id, s.Operator, s.Station, s.SignedOnAt, s.SignedOffAt, [.. others[s.Id]]))];
    }
}
