using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>What instructions are sorted by.</summary>
public enum InstructionSort
{
    /// <summary>When they were written.</summary>
    WrittenAt,
    /// <summary>Their revisions.</summary>
    Revision
}

static class ListInstructionsEndpoint
{
    static readonly SortedPages<Instruction, InstructionSort> Sorted =
        new SortedPages<Instruction, InstructionSort>(one => one.Id, isDescending: true)
            .By(InstructionSort.WrittenAt, one => one.WrittenAt).By(InstructionSort.Revision, one => one.Revision);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/instructions", Handle).Named("listInstructions", "List the instructions of operations")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>The last written first unless told; with <c>inForce</c> those alone that operators follow.</summary>
    static async Task<Page<InstructionView>> Handle(
        WorkOrdersDb db, Code? routing, Code? operation, bool? inForce, [AsParameters] Sorting<InstructionSort> sorting,
        [AsParameters] PageRequest page, CancellationToken ct)
    {
        var isInForce = inForce ?? false;
        var rows = await Sorted.Take(db.Instructions.AsNoTracking().Where(one =>
            (routing == null || one.Routing == routing) && (operation == null || one.Operation == operation)
            && (!isInForce || (!one.IsEmpty && !db.Instructions.Any(later => later.Routing == one.Routing
                && later.Operation == one.Operation && later.Revision > one.Revision)))), sorting, page).ToListAsync(ct);
        var shown = (await InstructionView.Of(rows, db, ct)).ToDictionary(one => one.Id);
        return Sorted.Page(rows, sorting, page, one => shown[one.Id]);
    }
}
