using System.Globalization;
using Dapper;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;

namespace Mes.WorkOrders.Features.Erp;

/// <summary>A page of the feed.</summary>
/// <param name="Items">The confirmations, by position.</param>
/// <param name="Next">Value for <c>after</c> that gives the next page, or null where there is none yet.</param>
/// <param name="Cursor">Value for <c>after</c> to go on from later: what comes after all that was read so far.</param>
public sealed record ConfirmationPage(IReadOnlyList<Confirmation> Items, string? Next, string Cursor);

static class ListConfirmationsEndpoint
{
    public static void Map(RouteGroupBuilder erp) =>
        erp.MapGet("/confirmations", Handle).Named("listConfirmations", "Read what is to be confirmed to the ERP")
            .RequireAuthorization(Permissions.ExchangeErp);

    /// <summary>In the order of their positions.</summary>
    static async Task<ConfirmationPage> Handle(
        ServiceDatabase<WorkOrdersDb> database, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = page.AfterNumber();
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        var rows = (await connection.QueryAsync<ConfirmationRow>(new CommandDefinition(
            $"""
            {ConfirmationRow.Select}
            WHERE f.position > @after ORDER BY f.position LIMIT @limit
            """, new { after, limit = page.Size + 1 }, cancellationToken: ct))).Select(row => row.ToConfirmation()).ToList();
        var (items, next) = Page.Of(rows, page.Size, row => Key(row.Position));
        return new ConfirmationPage(items, next, Key(items.Count > 0 ? items[^1].Position : after));

        static string Key(long position) => position.ToString(CultureInfo.InvariantCulture);
    }
}
