using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Dispatch;

/// <summary>Asks an operator to do an operation: its card says so, and others may begin it all the same.</summary>
/// <param name="Operator">Code of the operator; null takes it back.</param>
public sealed record AssignOperation(string? Operator = null);

sealed class AssignOperationValidator : AbstractValidator<AssignOperation>
{
    public AssignOperationValidator() =>
        RuleFor(request => request.Operator!).IsCode().When(request => request.Operator is not null);
}

/// <summary>Who is asked to do an operation.</summary>
/// <param name="OperationId">The operation.</param>
/// <param name="AssignedTo">Code of the operator, or null.</param>
public sealed record AssignedOperation(Guid OperationId, string? AssignedTo);

static class AssignOperationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/operations/{id:guid}/operator", Handle).Named("assignOperation", "Ask an operator to do an operation")
            .RequireAuthorization(Permissions.ActForOthers);

    static async Task<Ok<AssignedOperation>> Handle(
        Guid id, AssignOperation request, WorkOrdersDb db, Caller caller, TimeProvider clock, CancellationToken ct)
    {
        var orderId = (await db.LockOrderOf(id, ct))?.Id ?? throw RuleViolation.NotFound("operation", id);
        var order = (await db.LockOrder(orderId, ct))!;
        var operation = order.Operations.Single(o => o.Id == id);
        caller.MustServe(operation.Equipment);
        operation.Assign(await Person(request.Operator, db, ct), order, clock.GetUtcNow());
        return TypedResults.Ok(new AssignedOperation(id, operation.AssignedTo));
    }

    static async Task<Operator?> Person(string? code, WorkOrdersDb db, CancellationToken ct) => code is null ? null
        : await db.HoldOperator(code, ct) ?? throw new RuleViolation("operator-not-found",
            "No person has this code. Check the badge, or make the person known with PUT /api/identity/people/{code}.",
            ("operator", code));
}
