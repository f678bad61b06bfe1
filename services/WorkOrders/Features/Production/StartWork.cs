using Dapper;
using FluentValidation;
using Mes.Contracts;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Mes.WorkOrders.Features.Production;

/// <summary>
/// Begins setup or run on an operation at an equipment unit. The command's id becomes the work's. Setup ends as the run begins.
/// </summary>
/// <param name="SignOnId">The operator's sign-on: the caller's own, except where the caller may act for others.</param>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="Activity">Run or Setup.</param>
/// <param name="At">When it began; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record StartWork(
    Guid SignOnId, string Equipment, WorkActivity Activity = WorkActivity.Run, DateTimeOffset? At = null,
    [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class StartWorkValidator : AbstractValidator<StartWork>
{
    public StartWorkValidator()
    {
        RuleFor(work => work.SignOnId).NotEmpty().WithMessage("Name the sign-on.");
        RuleFor(work => work.Equipment).IsCode();
        RuleFor(work => work.At!.Value).IsTime().When(work => work.At is not null);
        RuleFor(work => work.DeviceTime!.Value).IsTime().When(work => work.DeviceTime is not null);
    }
}

static class StartWorkEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPost("/operations/{id:guid}/work", Handle).Named("startWork", "Begin work on an operation")
            .RequireAuthorization(Permissions.ReportProduction);

    static async Task<Ok<WorkView>> Handle(
        Guid id, StartWork request, [FromHeader(Name = CommandHeader.Name)] Guid commandId, ReportReader read,
        WorkStore works, WorkOrdersDb db, Caller caller, CancellationToken ct)
    {
        caller.MustServe(request.Equipment);
        var at = works.TimeOf(request.At, request.DeviceTime);
        var facts = await read.Read(id, new(request.SignOnId, request.Equipment, request.Activity, at, at), default, ct);
        db.ActAs(caller, facts.SignOn.Operator);
        var work = Work.Start(commandId, request.Activity, request.Equipment, at, facts);
        var readiness = await Readiness(id, request.Equipment, facts.SignOn.Operator, at, db, ct);
        var warnings = readiness.MustAllowStart(facts.Order.Policies);
        await works.Add(work, facts, ct);
        var view = WorkView.Of(work, facts.Order, facts.Operation, facts.Now);
        return TypedResults.Ok(view with { Warnings = warnings });
    }

    static Task<Readiness> Readiness(
        Guid operation, string equipment, string @operator, DateTimeOffset at, WorkOrdersDb db, CancellationToken ct) =>
        db.Connection.QuerySingleAsync<Readiness>(new CommandDefinition(
            $"SELECT {ReadinessSql.Columns} {ReadinessSql.From} WHERE o.id = @operation",
            new { operation, equipment, @operator, at }, db.Transaction, cancellationToken: ct));
}
