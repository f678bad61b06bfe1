using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Reports a stretch of work on an operation. Any quantity may be 0. The command's id becomes the report's.</summary>
/// <param name="SignOnId">The operator's sign-on: the caller's own, except where the caller may act for others.</param>
/// <param name="Equipment">Code of the equipment used.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="StartedAt">Start of the work.</param>
/// <param name="EndedAt">End of the work, not before the start.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that wait for a decision by Quality.</param>
/// <param name="IsRework">Whether the work was rework.</param>
/// <param name="ScrapReason">Why pieces were rejected.</param>
/// <param name="Unit">Unit of the quantities; the order's where none is given, and no other.</param>
/// <param name="Consumed">Lots used up.</param>
/// <param name="DeviceTime">The device's clock when it sent the report.</param>
public sealed record ReportProduction(
    Guid SignOnId, string Equipment, WorkActivity Activity, DateTimeOffset StartedAt, DateTimeOffset EndedAt,
    decimal Good = 0, decimal Scrap = 0, decimal Nonconforming = 0, bool IsRework = false, string? ScrapReason = null,
    string? Unit = null, IReadOnlyList<ConsumedLot>? Consumed = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class ReportProductionValidator : AbstractValidator<ReportProduction>
{
    static readonly TimeSpan LengthMax = TimeSpan.FromDays(366);

    public ReportProductionValidator()
    {
        RuleFor(report => report.SignOnId).NotEmpty().WithMessage("Name the sign-on.");
        RuleFor(report => report.Equipment).IsCode();
        RuleFor(report => report.StartedAt).IsTime();
        RuleFor(report => report.EndedAt).IsTime()
            .GreaterThanOrEqualTo(report => report.StartedAt).WithMessage("The end must not lie before the start.")
            .Must((report, end) => end - report.StartedAt <= LengthMax).WithMessage("Report at most 366 days at once.");
        RuleFor(report => report.Good).IsQuantity();
        RuleFor(report => report.Scrap).IsQuantity();
        RuleFor(report => report.Nonconforming).IsQuantity();
        RuleFor(report => report.ScrapReason).IsReason();
        RuleFor(report => report.Consumed).Must(lots => lots is null || lots.Count <= 1000)
            .WithMessage("Name at most 1000 lots.");
        RuleForEach(report => report.Consumed).SetValidator(new ConsumedLotValidator());
    }
}

sealed class ConsumedLotValidator : AbstractValidator<ConsumedLot>
{
    public ConsumedLotValidator()
    {
        RuleFor(lot => lot.Material).IsCode();
        RuleFor(lot => lot.Lot).IsCode();
        RuleFor(lot => lot.Quantity).IsPositiveQuantity();
        RuleFor(lot => lot.Unit).IsCode();
    }
}

/// <summary>The answer to a report.</summary>
/// <param name="ReportId">The report, for its undoing.</param>
/// <param name="Progress">The operation's figures with it.</param>
/// <param name="Discrepancies">Kinds of discrepancies that were recorded.</param>
public sealed record ReportTaken(Guid ReportId, OperationProgress Progress, IReadOnlyList<string> Discrepancies);

static class ReportProductionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operations/{id:guid}/reports", Handle).Named("reportProduction", "Report production")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<ReportTaken>> Handle(
        Guid id, ReportProduction request, [FromHeader(Name = CommandHeader.Name)] Guid commandId,
        ReportReader read, ReportIntake intake, WorkOrdersDb db, Caller caller, CancellationToken ct)
    {
        caller.MustServe(request.Equipment);
        var facts = await read.Read(id, request, ct);
        db.ActAs(caller, facts.SignOn.Operator);
        if (request.Unit is { } unit && unit != facts.Order.Unit)
        {
            throw new RuleViolation("wrong-unit", "Report in the order's unit.", ("unit", unit), ("expected", facts.Order.Unit));
        }
        var report = ToReport(request, commandId, facts);
        var discrepancies = Reporting.Take(report, facts);
        var found = await intake.Take(report, facts, discrepancies, ct);
        return TypedResults.Ok(new ReportTaken(report.Id, facts.Operation.Progress, found));
    }

    static ProductionReport ToReport(ReportProduction request, Guid id, ReportingContext facts) => new()
    {
        Id = id, OrderId = facts.Order.Id, OperationId = facts.Operation.Id, Equipment = request.Equipment,
        Operator = facts.SignOn.Operator, SignOnId = facts.SignOn.Id, Activity = request.Activity,
        StartedAt = request.StartedAt.ToUniversalTime(), EndedAt = request.EndedAt.ToUniversalTime(),
        Good = request.Good, Scrap = request.Scrap, Nonconforming = request.Nonconforming, IsRework = request.IsRework,
        ScrapReason = request.ScrapReason, Consumed = request.Consumed ?? [], ReportedAt = facts.Now,
        ClockSkewMs = request.DeviceTime is { } device ? (long)(facts.Now - device).TotalMilliseconds : null
    };
}
