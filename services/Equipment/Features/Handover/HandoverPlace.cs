using Mes.Equipment.Data;
using Mes.Kernel;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Handover;

/// <summary>Where and by whom notes are written and acknowledged.</summary>
static class HandoverPlace
{
    /// <summary>A terminal hands over at work centers of its own equipment only.</summary>
    /// <exception cref="RuleViolation">Code <c>not-at-this-terminal</c>.</exception>
    public static async Task MustServeCenter(this Caller caller, string workCenter, EquipmentDb db, CancellationToken ct)
    {
        if (caller.Equipment is null) return;
        caller.MustServe(await db.Units.Where(unit => unit.WorkCenter == workCenter).Select(unit => unit.Code).ToListAsync(ct));
    }

    /// <summary>A person is the same however they signed in.</summary>
    public static string PersonId(this Caller caller) => caller.Operator ?? caller.SubjectId;
}
