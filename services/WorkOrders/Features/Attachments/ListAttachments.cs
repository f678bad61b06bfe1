using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Attachments;

/// <summary>What attachments are sorted by.</summary>
public enum AttachmentSort
{
    /// <summary>When they were attached.</summary>
    AddedAt,
    /// <summary>Their names.</summary>
    Name
}

static class ListAttachmentsEndpoint
{
    static readonly SortedPages<OrderAttachment, AttachmentSort> Sorted =
        new SortedPages<OrderAttachment, AttachmentSort>(file => file.Id)
            .By(AttachmentSort.AddedAt, file => file.AddedAt).By(AttachmentSort.Name, file => file.Name);

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/attachments", Handle).Named("listAttachments", "List the attachments of an order")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>In the order in which they were attached unless told; those that were removed are asked for.</summary>
    static async Task<Page<AttachmentView>> Handle(
        Guid id, bool? removed, WorkOrdersDb db, [AsParameters] Sorting<AttachmentSort> sorting, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        if (!await db.Orders.AnyAsync(order => order.Id == id, ct)) throw RuleViolation.NotFound("order", id, "orderId");
        var isGone = removed ?? false;
        var files = db.Attachments.AsNoTracking().Where(file => file.OrderId == id && file.RemovedAt != null == isGone);
        var rows = await Sorted.Take(files, sorting, page).ToListAsync(ct);
        return Sorted.Page(rows, sorting, page, AttachmentView.Of);
    }
}
