using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Web.Auth;

namespace Mes.Gateway.Identity.Data;

/// <summary>Whom a caller may keep.</summary>
static class KeptPeople
{
    /// <summary>
    /// Who manages identity keeps everybody. Who only keeps people keeps those of the floor, in its roles: otherwise they
    /// could make an administrator of themselves, or lock one out.
    /// </summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="person">Whom it is about, as they are.</param>
    /// <param name="roles">What they, or a badge of theirs, become or are.</param>
    /// <exception cref="RuleViolation">Code <c>roles-beyond-the-floor</c>.</exception>
    public static void MustKeep(this Caller caller, Person person, params string[] roles)
    {
        if (caller.May(Permissions.ManageIdentity)) return;
        var beyond = person.Roles.Union(roles).Except(Roles.OfTheFloor).Order(StringComparer.Ordinal).ToList();
        if (beyond.Count == 0) return;
        throw RuleViolation.Forbidden("roles-beyond-the-floor",
            "You keep people of the floor: " + string.Join(", ", Roles.OfTheFloor.Order(StringComparer.Ordinal))
            + ". Ask an administrator for this one.", ("person", person.Code), ("roles", beyond));
    }
}
