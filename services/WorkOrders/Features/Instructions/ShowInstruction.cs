using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>The instruction in force for an operation of an order.</summary>
/// <param name="Instruction">What it says and shows.</param>
/// <param name="Acknowledgement">What the routing asks of operators.</param>
/// <param name="Subject">What an operator signs with their PIN.</param>
/// <param name="Reading">What the operator who is named did with this revision, the most of it; null where nothing.</param>
public sealed record OperationInstruction(
    InstructionView Instruction, Acknowledgement Acknowledgement, string Subject, Reading? Reading);

static class ShowInstructionEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/operations/{id:guid}/instruction", Handle).Named("showInstruction", "Show the instruction of an operation")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    static async Task<OperationInstruction> Handle(Guid id, Code? @operator, WorkOrdersDb db, CancellationToken ct)
    {
        var found = await db.Operations.Where(one => one.Id == id).Join(
            db.Orders, one => one.OrderId, order => order.Id, (one, order) => new { one.Code, order.RoutingCode, order.Policies })
            .SingleOrDefaultAsync(ct) ?? throw RuleViolation.NotFound("operation", id);
        var last = await db.Instructions.AsNoTracking()
            .Where(one => one.Routing == found.RoutingCode && one.Operation == found.Code)
            .OrderByDescending(one => one.Revision).FirstOrDefaultAsync(ct);
        if (last is null or { IsEmpty: true }) throw RuleViolation.NotFound("instruction", id, "operationId");
        var readings = @operator is null ? [] : await db.InstructionReadings.Where(one =>
                one.Routing == last.Routing && one.Operation == last.Operation && one.Revision == last.Revision
                && one.Operator == @operator).Select(one => one.Reading).Distinct().ToListAsync(ct);
        return new OperationInstruction((await InstructionView.Of([last], db, ct))[0], found.Policies.Acknowledgement,
            InstructionReading.SubjectOf(id, last.Revision), readings.Count == 0 ? null : readings.Max());
    }
}
