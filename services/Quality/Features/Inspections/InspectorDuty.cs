using Mes.Kernel;
using Mes.Quality.Domain;
using Mes.Web.Auth;

namespace Mes.Quality.Features.Inspections;

/// <summary>Who inspects what: operators what they make themselves, foremen and Quality everything.</summary>
static class InspectorDuty
{
    /// <summary>An operator does the checks that the plan leaves to operators, at the equipment of their terminal.</summary>
    /// <exception cref="RuleViolation">It is left to others, or is another terminal's (403).</exception>
    public static void MustInspect(this Caller caller, Inspection inspection)
    {
        if (caller.May(Permissions.ManageQuality) || caller.May(Permissions.ActForOthers))
        {
            return;
        }
        if (!inspection.IsSelfInspection)
        {
            throw RuleViolation.Forbidden("not-a-self-inspection",
                "Leave this inspection to Quality or a foreman; operators do the checks that the plan gives to them.",
                ("inspection", inspection.Number), ("plan", inspection.PlanCode));
        }
        caller.MustServe(inspection.Equipment);
    }
}
