using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>Undoes a report by a counter-report; the report itself is never changed.</summary>
/// <param name="Reason">Why.</param>
public sealed record UndoReport(string Reason);

sealed class UndoReportValidator : AbstractValidator<UndoReport>
{
    public UndoReportValidator() => RuleFor(undo => undo.Reason).IsGivenReason();
}

static class UndoReportEndpoint
{
    /// <summary>How long an operator may take a report back: a shift and its handover. Later a foreman does.</summary>
    static readonly TimeSpan Window = TimeSpan.FromHours(12);

    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/reports/{id:guid}/undo", Handle).Named("undoReport", "Take a report back")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<NoContent> Handle(
        Guid id, UndoReport request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, WorkOrdersDb db, ReportUndo undo,
        Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var report = await db.Reports.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, ct)
            ?? throw RuleViolation.NotFound("report", id);
        if (report.Reverses is not null)
        {
            throw new RuleViolation("counter-report", "A counter-report cannot be undone. Report the work again.",
                ("report", id));
        }
        if (report.Corrects is not null)
        {
            throw new RuleViolation("correction", "Quality has decided this: change it there, or undo the report itself.",
                ("report", id), ("corrects", report.Corrects));
        }
        caller.MustServe(report.Equipment);
        db.ActAs(caller, report.Operator);
        if (clock.GetUtcNow() - report.ReportedAt > Window && !caller.May(Permissions.ActForOthers))
        {
            throw new RuleViolation("undo-window-over",
                $"A report may be taken back for {Window.TotalHours} hours. Ask a foreman to do it now.",
                ("report", id), ("reportedAt", report.ReportedAt));
        }
        db.Reason = request.Reason;
        await undo.Undo(report, commandId, ct);
        return TypedResults.NoContent();
    }
}
