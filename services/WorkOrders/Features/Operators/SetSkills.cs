using FluentValidation;
using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.WorkOrders.Features.Operators;

/// <summary>Says what a person can do on the floor.</summary>
/// <param name="Skills">Codes of the equipment the person may work at: all of them, not only new ones.</param>
/// <param name="Expiries">Until when those last that do not last for ever.</param>
public sealed record SetSkills(IReadOnlyList<string> Skills, IReadOnlyList<SkillExpiry>? Expiries = null);

sealed class SetSkillsValidator : AbstractValidator<SetSkills>
{
    const int EquipmentMax = 1000;

    public SetSkillsValidator()
    {
        RuleForEach(request => request.Skills).IsCode();
        RuleFor(request => request.Skills).Must(codes => codes.Count <= EquipmentMax)
            .WithMessage($"Name at most {EquipmentMax} equipment units.");
        RuleForEach(request => request.Expiries).ChildRules(expiry =>
        {
            expiry.RuleFor(e => e.Equipment).IsCode();
            expiry.RuleFor(e => e.ExpiresAt).IsTime();
        });
    }
}

static class SetSkillsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/operators/{code}/skills", Handle)
            .Named("setSkills", "Say what a person can do").RequireAuthorization(Permissions.ManageWorkOrders);

    static async Task<Ok<OperatorView>> Handle(Code code, SetSkills request, WorkOrdersDb db, CancellationToken ct)
    {
        var person = await db.LockOperator(code.Value, ct) ?? throw RuleViolation.NotFound("operator", code.Value,
            hint: "Make the person known first, with PUT /api/identity/people/{code}; it takes a moment to get here.");
        person.SetSkills(request.Skills, request.Expiries ?? []);
        return TypedResults.Ok(OperatorView.Of(person));
    }
}
