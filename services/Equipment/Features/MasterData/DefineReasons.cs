using FluentValidation;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.MasterData;

/// <summary>Replaces the tree of downtime reasons.</summary>
/// <param name="Reasons">All of them, in the order in which screens show them.</param>
public sealed record DefineReasons(IReadOnlyList<DowntimeReason> Reasons);

sealed class DefineReasonsValidator : AbstractValidator<DefineReasons>
{
    public DefineReasonsValidator()
    {
        RuleFor(tree => tree.Reasons).Must(reasons => reasons.Count <= 1000).WithMessage("Use at most 1000 reasons.");
        RuleForEach(tree => tree.Reasons).ChildRules(reason =>
        {
            reason.RuleFor(r => r.Code).IsCode();
            reason.RuleFor(r => r.ParentCode).IsCodeOrNull();
            reason.RuleFor(r => r.NameEn).IsName();
            reason.RuleFor(r => r.NameZh).IsName();
        });
    }
}

static class DefineReasonsEndpoint
{
    const long LockKey = 0x526561736F6E;     // 'Reason'

    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/reasons", Handle).Named("defineReasons", "Define the reasons of downtime")
            .RequireAuthorization(Permissions.ManageEquipment);

    static async Task<Ok<ReasonsView>> Handle(DefineReasons request, EquipmentDb db, CancellationToken ct)
    {
        RequireTree(request.Reasons);
        // SQL: an advisory lock, which Entity Framework does not know
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct);
        var rows = await db.Reasons.ToDictionaryAsync(row => row.Code, ct);
        var gone = rows.Keys.Except(request.Reasons.Select(reason => reason.Code)).ToArray();
        await RequireUnused(gone, request.Reasons, db, ct);
        db.Reasons.RemoveRange(gone.Select(code => rows[code]));
        foreach (var (reason, position) in request.Reasons.Select((reason, position) => (reason, position)))
            (rows.GetValueOrDefault(reason.Code) ?? db.Reasons.Add(new() { Code = reason.Code }).Entity)
                .Define(reason, position);
        return TypedResults.Ok(new ReasonsView(request.Reasons));
    }

    static void RequireTree(IReadOnlyList<DowntimeReason> reasons)
    {
        try
        {
            _ = new DowntimeReasonTree(reasons);
        }
        catch (ArgumentException refusal)
        {
            throw new RuleViolation("reasons-not-a-tree", refusal.Message);
        }
    }

    /// <summary>What classifies a stop stays, and stays a leaf.</summary>
    static async Task RequireUnused(
        string[] gone, IReadOnlyList<DowntimeReason> reasons, EquipmentDb db, CancellationToken ct)
    {
        var notLeaves = reasons.Select(reason => reason.ParentCode).OfType<string>();
        var unusable = gone.Concat(notLeaves).ToArray();
        var used = await db.Set<DowntimePart>().Where(part => unusable.Contains(part.Reason!))
            .Select(part => part.Reason).FirstOrDefaultAsync(ct);
        if (used is not null)
            throw new RuleViolation(
                "reason-in-use", "Downtimes have this reason: keep it, with none below it.", ("reason", used));
    }
}
