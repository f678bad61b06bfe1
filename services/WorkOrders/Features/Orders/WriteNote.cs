using FluentValidation;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Orders;

/// <summary>Writes a note to an order, whatever its status; it stays as it was written.</summary>
/// <param name="Text">The text, up to 4000 characters.</param>
public sealed record WriteNote(string Text);

sealed class WriteNoteValidator : AbstractValidator<WriteNote>
{
    public WriteNoteValidator() => RuleFor(note => note.Text).NotEmpty().WithMessage("Write something.")
        .MaximumLength(4000).WithMessage("Use at most 4000 characters.");
}

static class WriteNoteEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/notes", Handle).Named("writeNote", "Write a note to an order")
            .RequireAuthorization(Permissions.FollowUpWorkOrders);

    static async Task<Ok<OrderNoteView>> Handle(
        Guid id, WriteNote request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        await db.RequireOrder(id, ct);
        var note = new OrderNote
        {
            Id = Guid.CreateVersion7(), OrderId = id, Text = request.Text, WrittenAt = clock.GetUtcNow(), WrittenBy = caller.Name
        };
        db.Notes.Add(note);
        return TypedResults.Ok(OrderNoteView.Of(note));
    }
}
