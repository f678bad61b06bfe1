using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.Web.Problems;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Attachments;

/// <summary>
/// Attaches a file to an order, whatever its status: PDF, PNG, JPEG, WEBP, text, CSV, XLSX or DOCX, known by its content, of at
/// most 20 MB; at most 50 to an order.
/// </summary>
/// <param name="Name">Its name without folders, which ends as files of its type do.</param>
/// <param name="Content">Its bytes, in Base64.</param>
public sealed record AddAttachment(string Name, byte[] Content);

sealed class AddAttachmentValidator : AbstractValidator<AddAttachment>
{
    public AddAttachmentValidator() => RuleFor(file => file.Name).IsFileName();
}

static class AddAttachmentEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/attachments", Handle).Named("addAttachment", "Attach a file to an order")
            .TakesBodies(BodyLimit.Attachment).RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<Ok<AttachmentView>> Handle(
        Guid id, AddAttachment request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var count = await db.CountAttachments(id, ct) ?? throw RuleViolation.NotFound("order", id, "orderId");
        var file = OrderAttachment.Attach(id, count, request.Name, request.Content, clock.GetUtcNow(), caller.Name);
        db.Attachments.Add(file);
        db.AttachmentContents.Add(new AttachmentContent { AttachmentId = file.Id, Content = request.Content });
        return TypedResults.Ok(AttachmentView.Of(file));
    }
}
