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

/// <summary>
/// Reports a stretch of work on an operation. Any quantity may be 0. The command's id becomes the report's. Of work that was
/// begun it takes who, where and when from that, unless it says so itself.
/// </summary>
/// <param name="SignOnId">The operator's sign-on: the caller's own, except where the caller may act for others.</param>
/// <param name="Equipment">Code of the equipment used.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="StartedAt">Start of the work; of work that was begun, the end of its last report where none is given.</param>
/// <param name="EndedAt">End of the work, not before the start; of work that was begun, now where none is given.</param>
/// <param name="Good">Good pieces.</param>
/// <param name="Scrap">Rejected pieces.</param>
/// <param name="Nonconforming">Pieces that wait for a decision by Quality.</param>
/// <param name="IsRework">Whether the work was rework.</param>
/// <param name="ScrapReason">Why pieces were rejected.</param>
/// <param name="Unit">Unit of the quantities; the order's where none is given, and no other.</param>
/// <param name="Consumed">Lots used up.</param>
/// <param name="Serials">
/// The pieces, where the product is tracked by serial number: of each result that is named as many as are reported.
/// </param>
/// <param name="DeviceTime">The device's clock when it sent the report.</param>
/// <param name="WorkId">The work that was begun, which it reports; null for a report that stands alone.</param>
/// <param name="FinishesWork">Whether the work is over by it.</param>
public sealed record ReportProduction(
    Guid? SignOnId = null, string? Equipment = null, WorkActivity? Activity = null, DateTimeOffset? StartedAt = null,
    DateTimeOffset? EndedAt = null, decimal Good = 0, decimal Scrap = 0, decimal Nonconforming = 0, bool IsRework = false,
    string? ScrapReason = null, string? Unit = null, IReadOnlyList<ConsumedLot>? Consumed = null,
    IReadOnlyList<ReportedPiece>? Serials = null, [property: NotContent] DateTimeOffset? DeviceTime = null, Guid? WorkId = null,
    bool FinishesWork = false)
{
    internal Pieces Pieces => new(Good, Scrap, Nonconforming, 0);
}

sealed class ReportProductionValidator : AbstractValidator<ReportProduction>
{
    static readonly TimeSpan LengthMax = TimeSpan.FromDays(366);

    public ReportProductionValidator()
    {
        When(report => report.WorkId is null, () =>
        {
            RuleFor(report => report.SignOnId).Must(id => id is { } given && given != Guid.Empty)
                .WithMessage("Name the sign-on, or the work that was begun.");
            RuleFor(report => report.Equipment).NotNull().WithMessage("Name the equipment, or the work that was begun.");
            RuleFor(report => report.Activity).NotNull().WithMessage("Say whether it was a run or a setup.");
            RuleFor(report => report.StartedAt).NotNull().WithMessage("Say when the work began.");
            RuleFor(report => report.EndedAt).NotNull().WithMessage("Say when the work ended.");
            RuleFor(report => report.FinishesWork).Equal(false).WithMessage("Name the work that is over.");
        });
        RuleFor(report => report.Equipment!).IsCode().When(report => report.Equipment is not null);
        RuleFor(report => report.StartedAt!.Value).IsTime().When(report => report.StartedAt is not null)
            .OverridePropertyName(nameof(ReportProduction.StartedAt));
        RuleFor(report => report.EndedAt!.Value).IsTime().When(report => report.EndedAt is not null)
            .OverridePropertyName(nameof(ReportProduction.EndedAt));
        When(report => report.StartedAt is not null && report.EndedAt is not null, () => RuleFor(report => report.EndedAt)
            .GreaterThanOrEqualTo(report => report.StartedAt).WithMessage("The end must not lie before the start.")
            .Must((report, end) => end - report.StartedAt <= LengthMax).WithMessage("Report at most 366 days at once."));
        RuleFor(report => report.Good).IsQuantity();
        RuleFor(report => report.Scrap).IsQuantity();
        RuleFor(report => report.Nonconforming).IsQuantity();
        RuleFor(report => report.ScrapReason).IsReason();
        RuleFor(report => report.Consumed).Must(lots => lots is null || lots.Count <= 1000)
            .WithMessage("Name at most 1000 lots.");
        RuleForEach(report => report.Consumed).SetValidator(new ConsumedLotValidator());
        RuleFor(report => report.Consumed).Must(AreBuiltInOnce).WithMessage("Name each piece that is built in once.");
        RuleFor(report => report.Serials).Must(pieces => pieces is null || pieces.Count <= 1000)
            .WithMessage("Name at most 1000 pieces.")
            .Must(pieces => pieces is null || pieces.DistinctBy(piece => piece?.Serial).Count() == pieces.Count)
            .WithMessage("Name each piece once.");
        RuleForEach(report => report.Serials).SetValidator(new ReportedPieceValidator());
    }

    static bool AreBuiltInOnce(IReadOnlyList<ConsumedLot>? consumed)
    {
        var pieces = (consumed ?? []).Where(used => used?.ComponentSerial is not null).ToList();
        return pieces.DistinctBy(used => (used.Material, used.ComponentSerial)).Count() == pieces.Count;
    }
}

sealed class ReportedPieceValidator : AbstractValidator<ReportedPiece>
{
    public ReportedPieceValidator()
    {
        RuleFor(piece => piece.Serial).IsCode();
        RuleFor(piece => piece.Result).IsInEnum();
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
        RuleFor(lot => lot.Serial).IsCodeOrNull();
        RuleFor(lot => lot.ComponentSerial).IsCodeOrNull();
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
        ReportReader read, PieceReader pieces, ReportIntake intake, WorkStore works, WorkOrdersDb db, Caller caller,
        CancellationToken ct)
    {
        var begun = request.WorkId is { } workId ? await works.Find(id, workId, ct) : null;
        var now = works.TimeOf(null, null);
        if (begun is not null)
        {
            begun = await works.Reopen(begun, request.EndedAt ?? now, ct);
        }
        var stretch = StretchOf(request, begun, now);
        caller.MustServe(stretch.Equipment);
        var facts = await read.Read(id, stretch, request.Pieces, ct);
        if (begun is not null)
        {
            begun = await works.Held(begun.Id, ct);
            stretch = StretchOf(request, begun, now);      // another report of it may have come in between
        }
        db.ActAs(caller, facts.SignOn.Operator);
        if (request.Unit is { } unit && unit != facts.Order.Unit)
        {
            throw new RuleViolation("wrong-unit", "Report in the order's unit.", ("unit", unit), ("expected", facts.Order.Unit));
        }
        var report = ToReport(request, commandId, stretch, facts);
        facts = facts with { NamedPieces = await pieces.Read(facts.Order, report.Serials, report.Consumed, ct) };
        if (begun is not null)
        {
            works.NoteReport(begun, report.EndedAt, request.FinishesWork, facts);
        }
        var discrepancies = Reporting.Take(report, facts);
        var found = await intake.Take(report, facts, discrepancies, ct);
        return TypedResults.Ok(new ReportTaken(report.Id, facts.Operation.Progress, found));
    }

    /// <summary>What is not said is as the work that was begun tells.</summary>
    static Stretch StretchOf(ReportProduction request, Work? begun, DateTimeOffset now)
    {
        if (begun is null)
        {
            return new(request.SignOnId!.Value, request.Equipment!, request.Activity!.Value, request.StartedAt!.Value,
                request.EndedAt!.Value);
        }
        var time = begun.Unreported(request.EndedAt ?? now);
        var (start, end) = (request.StartedAt ?? time.Start, request.EndedAt ?? time.EndOrMax);
        return new(request.SignOnId ?? begun.SignOnId, request.Equipment ?? begun.Equipment, request.Activity ?? begun.Activity,
            start, end > start ? end : start);
    }

    static ProductionReport ToReport(ReportProduction request, Guid id, Stretch stretch, ReportingContext facts) => new()
    {
        Id = id, OrderId = facts.Order.Id, OperationId = facts.Operation.Id, Equipment = stretch.Equipment,
        Operator = facts.SignOn.Operator, SignOnId = facts.SignOn.Id, Activity = stretch.Activity,
        StartedAt = stretch.StartedAt.ToUniversalTime(), EndedAt = stretch.EndedAt.ToUniversalTime(),
        Good = request.Good, Scrap = request.Scrap, Nonconforming = request.Nonconforming, IsRework = request.IsRework,
        ScrapReason = request.ScrapReason, Consumed = request.Consumed ?? [], Serials = request.Serials ?? [],
        ReportedAt = facts.Now,
        ClockSkewMs = request.DeviceTime is { } device ? (long)(facts.Now - device).TotalMilliseconds : null
    };
}
