using Mes.Kernel;
using Mes.Persistence;

namespace Mes.Web.Auth;

/// <summary>In whose name and at what equipment a caller may act on the floor.</summary>
public static class Acting
{
    /// <summary>
    /// An operator acts as themselves: skills, labour and traceability hang on the name. Where a caller who may acts for
    /// another, the audit says for whom.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>acts-for-another</c>.</exception>
    public static void ActAs(this MesDbContext db, Caller caller, string @operator)
    {
        if (@operator == caller.Operator)
        {
            return;
        }
        if (!caller.May(Permissions.ActForOthers))
        {
            throw RuleViolation.Forbidden("acts-for-another",
                "Work under your own name, or ask a foreman to enter it for the other.",
                ("operator", @operator), ("you", caller.Operator));
        }
        db.Action += $" for operator {@operator}";
    }

    /// <summary>A terminal takes work only of the equipment it is bound to, one of these at least.</summary>
    /// <exception cref="RuleViolation">Code <c>not-at-this-terminal</c>.</exception>
    public static void MustServe(this Caller caller, params IReadOnlyCollection<string> equipment)
    {
        if (caller.Equipment is { } bound && !equipment.Any(bound.Contains))
        {
            throw RuleViolation.Forbidden("not-at-this-terminal",
                "This terminal is bound to other equipment. Go to the one there, or have an administrator bind it anew.",
                ("equipment", equipment), ("boundTo", bound));
        }
    }
}
