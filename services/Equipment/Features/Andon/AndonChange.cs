using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

/// <summary>What the verbs on calls share.</summary>
static class AndonChange
{
    /// <summary>Changes a call under a lock, and tells whoever watches.</summary>
    /// <exception cref="RuleViolation">There is none (404).</exception>
    public static async Task<Ok<AndonCallView>> Change(
        this EquipmentDb db, Guid id, string? note, Action<AndonCall> change, CancellationToken ct)
    {
        db.Reason = note;
        var call = await db.AndonCalls.FromSql($"SELECT * FROM andon_call WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(ct)
            ?? throw RuleViolation.NotFound("andon-call", id);
        change(call);
        db.Outbox.Add(call.ToContract());
        return TypedResults.Ok(AndonCallView.Of(call));
    }

    /// <summary>Who is called for what: as somebody has said, or as is usual.</summary>
    public static async Task<IReadOnlyList<AndonEscalation>> AllEscalations(this EquipmentDb db, CancellationToken ct)
    {
        var set = await db.Escalations.AsNoTracking().ToDictionaryAsync(rule => rule.Kind, ct);
        return [.. Enum.GetValues<AndonKind>().Select(kind => set.GetValueOrDefault(kind) ?? AndonEscalation.Usual(kind))];
    }
}
