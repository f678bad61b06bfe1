using FluentValidation;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.Equipment.Features.Downtimes;

/// <summary>Reports that an equipment is, or was, down. The command's id becomes the downtime's.</summary>
/// <param name="StartedAt">When it went down.</param>
/// <param name="EndedAt">When it was up again, null while it is down.</param>
/// <param name="Reason">Code of a leaf of the reason tree, null while nobody knows.</param>
/// <param name="Operator">Code of the operator whose work it was, or null.</param>
/// <param name="Order">The order that was worked on, or null.</param>
/// <param name="Operation">Code of its operation, or null.</param>
/// <param name="ExpectedUpAt">When it is expected back, null where nobody knows.</param>
public sealed record ReportDowntime(
    DateTimeOffset StartedAt, DateTimeOffset? EndedAt = null, string? Reason = null, string? Operator = null,
    string? Order = null, string? Operation = null, DateTimeOffset? ExpectedUpAt = null);

sealed class ReportDowntimeValidator : AbstractValidator<ReportDowntime>
{
    static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public ReportDowntimeValidator()
    {
        RuleFor(stop => stop.StartedAt).GreaterThanOrEqualTo(Earliest);
        RuleFor(stop => stop.EndedAt).GreaterThanOrEqualTo(stop => stop.StartedAt)
            .WithMessage("Give an end that is not before the start, or none while it is down.");
        RuleFor(stop => stop.ExpectedUpAt).GreaterThanOrEqualTo(stop => stop.StartedAt);
        RuleFor(stop => stop.Reason).IsCodeOrNull();
        RuleFor(stop => stop.Operator).IsCodeOrNull();
        RuleFor(stop => stop.Order).IsCodeOrNull();
        RuleFor(stop => stop.Operation).IsCodeOrNull();
    }
}

static class ReportDowntimeEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/units/{code}/downtimes", Handle).Named("reportDowntime", "Report a downtime")
            .RequireAuthorization(Permissions.ReportEquipment);

    static async Task<Created<DowntimeView>> Handle(
        Code code, ReportDowntime request, [FromHeader(Name = CommandHeader.Name)] Guid commandId,
        DowntimeStore store, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        await store.RequireUnit(code, ct);
        store.RequireOwn(caller, code, request.Operator);
        if (request.Reason is { } reason)
            await store.RequireReason(reason, ct);
        var downtime = Reported(code, request, commandId, clock.GetUtcNow());
        await store.Open(downtime, ct);
        return TypedResults.Created((string?)null, DowntimeView.Of(downtime));
    }

    static Downtime Reported(string code, ReportDowntime request, Guid id, DateTimeOffset now)
    {
        Downtime.RequirePast(request.StartedAt, now, "startedAt");
        var downtime = new Downtime
        {
            Id = id,
            Equipment = code,
            StartedAt = new TimeRange(request.StartedAt, null).Start,
            ReportedAt = now,
            ExpectedUpAt = request.ExpectedUpAt?.ToUniversalTime(),
            Operator = request.Operator,
            OrderNumber = request.Order,
            OperationCode = request.Operation,
        }.Because(request.Reason);
        return request.EndedAt is { } ended ? downtime.End(ended, now) : downtime;
    }
}
