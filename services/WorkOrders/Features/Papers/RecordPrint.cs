using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Papers;

/// <summary>Records that something of an order is printed, so that a second print says that it is one.</summary>
/// <param name="Paper">What is printed.</param>
/// <param name="FirstPiece">Of labels: the first piece, by its place in the order; from the first unless told.</param>
/// <param name="LastPiece">The last one; to the last that has a number unless told.</param>
public sealed record RecordPrint(Paper Paper, int? FirstPiece = null, int? LastPiece = null);

sealed class RecordPrintValidator : AbstractValidator<RecordPrint>
{
    public RecordPrintValidator()
    {
        RuleFor(print => print.Paper).IsInEnum();
        RuleFor(print => print.FirstPiece).GreaterThan(0).WithMessage("Count pieces from 1.");
        RuleFor(print => print.LastPiece).GreaterThanOrEqualTo(print => print.FirstPiece ?? 1)
            .WithMessage("The last piece must not lie before the first.");
    }
}

static class RecordPrintEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/orders/{id:guid}/prints", Handle).Named("recordPrint", "Record that a paper of an order is printed")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<Ok<PrintView>> Handle(
        Guid id, RecordPrint request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        if (!await db.HoldOrder(id, ct)) throw RuleViolation.NotFound("order", id, "orderId");
        var before = await db.Prints.Where(print => print.OrderId == id && print.Paper == request.Paper)
            .MaxAsync(print => (int?)print.Number, ct) ?? 0;
        var print = db.Prints.Add(new PrintedPaper
        {
            Id = Guid.CreateVersion7(), OrderId = id, Paper = request.Paper, Number = before + 1,
            FirstPiece = request.FirstPiece, LastPiece = request.LastPiece,
            PrintedAt = clock.GetUtcNow(), PrintedBy = caller.Name
        }).Entity;
        return TypedResults.Ok(PrintView.Of(print));
    }
}
