using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Attachments;

/// <summary>Brings back an attachment that was removed.</summary>
static class RestoreAttachmentEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/attachments/{attachmentId:guid}/restore", Handle)
            .Named("restoreAttachment", "Bring an attachment back").RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<Ok<AttachmentView>> Handle(Guid id, Guid attachmentId, WorkOrdersDb db, CancellationToken ct)
    {
        var count = await db.CountAttachments(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        var file = await db.Attachments.SingleOrDefaultAsync(one => one.Id == attachmentId && one.OrderId == id, ct)
            ?? throw RuleViolation.NotFound("attachment", attachmentId, "attachmentId");
        file.Restore(count);
        return TypedResults.Ok(AttachmentView.Of(file));
    }
}
