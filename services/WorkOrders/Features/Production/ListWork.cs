using Mes.Contracts;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>What work is sorted by.</summary>
public enum WorkSort
{
    /// <summary>When it began.</summary>
    StartedAt
}

/// <summary>Which work is listed, by where it stands.</summary>
public enum WorkFilter
{
    /// <summary>What goes on or rests.</summary>
    Open,
    /// <summary>What is over.</summary>
    Ended
}

static class ListWorkEndpoint
{
    static readonly SortedPages<Work, WorkSort> Sorted =
        new SortedPages<Work, WorkSort>(work => work.Id).By(WorkSort.StartedAt, work => work.StartedAt);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/work", Handle).Named("listWork", "List the work that operators have begun")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The earliest begun first unless told; the time is that at which it began.</summary>
    static async Task<Page<WorkView>> Handle(
        WorkOrdersDb db, Code? @operator, Code? equipment, Guid? orderId, Guid? operationId, WorkFilter? status,
        [AsParameters] TimeFilter started, [AsParameters] Sorting<WorkSort> sorting, [AsParameters] PageRequest page,
        TimeProvider clock, CancellationToken ct)
    {
        var work = db.Work.AsNoTracking().In(started, w => w.StartedAt)
            .Where(w => (@operator == null || w.Operator == @operator) && (equipment == null || w.Equipment == equipment)
                && (orderId == null || w.OrderId == orderId) && (operationId == null || w.OperationId == operationId)
                && (status == null || (status == WorkFilter.Ended) == (w.State == WorkState.Ended)));
        var rows = await Sorted.Take(work, sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, await WorkView.For(rows, db, clock.GetUtcNow(), ct));
    }
}
