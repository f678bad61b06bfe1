using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Attachments;

static class ShowAttachmentEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/orders/{id:guid}/attachments/{attachmentId:guid}", Handle)
            .Named("showAttachment", "Read an attached file").RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>
    /// The file itself; one that was removed is not there. Asked for again with its entity tag it is not sent again.
    /// </summary>
    static async Task<FileAnswer> Handle(
        Guid id, Guid attachmentId, WorkOrdersDb db, HttpRequest request, CancellationToken ct)
    {
        var file = await db.Attachments.AsNoTracking().SingleOrDefaultAsync(
                one => one.Id == attachmentId && one.OrderId == id && one.RemovedAt == null, ct)
            ?? throw RuleViolation.NotFound("attachment", attachmentId, "attachmentId");
        return await FileAnswer.Of(request, new KeptFile(file.Name, file.ContentType, file.Sha256), () => db.AttachmentContents
            .Where(content => content.AttachmentId == attachmentId).Select(content => content.Content).SingleAsync(ct));
    }
}
