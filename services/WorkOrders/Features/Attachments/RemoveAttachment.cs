using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Attachments;

/// <summary>Removes an attachment from its order; it is kept, and can be restored.</summary>
static class RemoveAttachmentEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapDelete("/orders/{id:guid}/attachments/{attachmentId:guid}", Handle)
            .Named("removeAttachment", "Remove an attachment").RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<NoContent> Handle(
        Guid id, Guid attachmentId, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var file = await db.Attachments.SingleOrDefaultAsync(one => one.Id == attachmentId && one.OrderId == id, ct)
            ?? throw RuleViolation.NotFound("attachment", attachmentId, "attachmentId");
        file.Remove(clock.GetUtcNow(), caller.Name);
        return TypedResults.NoContent();
    }
}
