using Mes.Kernel;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Instructions;

/// <summary>What the verbs on instructions look up alike.</summary>
static class InstructedOperation
{
    /// <summary>
    /// Has a routing have an operation, in any of its revisions; who else writes an instruction of the routing waits until the
    /// transaction ends.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>routing-not-found</c> or <c>step-not-found</c>.</exception>
    public static async Task HoldStep(this WorkOrdersDb db, string routing, string operation, CancellationToken ct)
    {
        // SQL: row locks, which make revisions follow each other
        var revisions = await db.Routings.FromSql(
            $"SELECT * FROM routing WHERE code = {routing} ORDER BY revision FOR NO KEY UPDATE").AsNoTracking().ToListAsync(ct);
        if (revisions.Count == 0) throw RuleViolation.NotFound("routing", routing);
        if (!revisions.Any(revision => revision.Steps.Any(step => step.Code == operation)))
        {
            throw RuleViolation.NotFound("step", operation);
        }
    }
}
