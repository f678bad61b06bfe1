using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

/// <summary>What the verbs on calls share.</summary>
static class AndonCalls
{
    /// <summary>Changes a call under a lock, and tells whoever watches.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public static async Task<Ok<AndonCallView>> Change(
        this EquipmentDb db, Guid id, Action<AndonCall> change, CancellationToken ct)
    {
        var call = await db.AndonCalls.FromSql($"SELECT * FROM andon_call WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("andon-call", id);
        change(call);
        db.Outbox.Add(call.ToContract());
        return TypedResults.Ok(AndonCallView.Of(call));
    }

    /// <summary>Who is called for something: as somebody has said, or as is usual.</summary>
    public static async Task<AndonEscalation> EscalationOf(this EquipmentDb db, AndonKind kind, CancellationToken ct) =>
        await db.Escalations.AsNoTracking().SingleOrDefaultAsync(rule => rule.Kind == kind, ct) ?? AndonEscalation.Usual(kind);
}
