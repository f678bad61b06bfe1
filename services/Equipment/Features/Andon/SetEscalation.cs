using FluentValidation;
using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Mes.Equipment.Features.Andon;

/// <summary>Says who is called for something, and who after which time without an answer.</summary>
/// <param name="Steps">The steps, the earliest first; the first at once.</param>
public sealed record SetEscalation(IReadOnlyList<AndonStep> Steps);

sealed class SetEscalationValidator : AbstractValidator<SetEscalation>
{
    const decimal MinutesMax = 1440;

    public SetEscalationValidator()
    {
        RuleFor(rule => rule.Steps).Must(steps => steps is { Count: > 0 and <= AndonEscalation.StepsMax })
            .WithMessage($"Name one to {AndonEscalation.StepsMax} steps.");
        RuleForEach(rule => rule.Steps).ChildRules(step =>
        {
            step.RuleFor(s => s.AfterMinutes).InclusiveBetween(0, MinutesMax);
            step.RuleFor(s => s.Role).Must(role => role is not null && Roles.Exists(role))
                .WithMessage("Name a role that there is.");
        });
    }
}

static class SetEscalationEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/andon-escalations/{kind}", Handle).Named("setEscalation", "Say who is called for something")
            .RequireAuthorization(Permissions.ManageEquipment);

    static async Task<Ok<EscalationView>> Handle(
        AndonKind kind, SetEscalation request, EquipmentDb db, CancellationToken ct)
    {
        var rule = await db.Escalations.SingleOrDefaultAsync(row => row.Kind == kind, ct)
            ?? db.Escalations.Add(new AndonEscalation { Kind = kind }).Entity;
        return TypedResults.Ok(EscalationView.Of(rule.Set(request.Steps)));
    }
}
