using Mes.Kernel;

namespace Mes.WorkOrders.Domain;

/// <summary>
/// A person who works on the floor. Who they are is Identity's and comes by event; what they can do is kept here.
/// </summary>
public sealed class Operator
{
    Operator()
    {
    }

    /// <summary>Code, as on the badge.</summary>
    public string Code { get; private set; } = "";

    /// <summary>Name to show.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Codes of the equipment the person may work at.</summary>
    public List<string> Qualifications { get; private set; } = [];

    /// <summary>Until when skills of these last, where they do not last for ever.</summary>
    public IReadOnlyList<SkillExpiry> SkillExpiries { get; private set; } = [];

    /// <summary>Version of what Identity has told of the person; 0: nothing, the person is known only here.</summary>
    public long Version { get; private set; }

    /// <summary>Whether the person is still with the plant.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Since when the person does not work on the floor, UTC; null while they do.</summary>
    public DateTimeOffset? OffFloorSince { get; private set; }

    /// <summary>Whether Identity has not told of the person: entered here before there was one source of people.</summary>
    public bool IsKnownOnlyHere => Version == 0;

    /// <summary>Says what the person can do.</summary>
    /// <param name="qualifications">Codes of the equipment.</param>
    /// <param name="expiries">Until when those last that do not last for ever.</param>
    /// <exception cref="RuleViolation">Code <c>expiry-without-skill</c>, or <c>expiry-repeats</c>.</exception>
    public void SetSkills(IReadOnlyList<string> qualifications, IReadOnlyList<SkillExpiry> expiries)
    {
        if (expiries.FirstOrDefault(expiry => !qualifications.Contains(expiry.Equipment)) is { } stray)
        {
            throw new RuleViolation("expiry-without-skill", "Name the skill, too, or leave its expiry out.",
                ("equipment", stray.Equipment));
        }
        if (expiries.GroupBy(expiry => expiry.Equipment).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new RuleViolation("expiry-repeats", "Name each skill's expiry once.", ("equipment", twice.Key));
        }
        Qualifications = [.. qualifications];
        SkillExpiries = [.. expiries.Select(expiry => expiry with { ExpiresAt = expiry.ExpiresAt.ToUniversalTime() })];
    }

    /// <summary>
    /// Signs the person on. An entry that comes late is judged by its own time: one for the time before the person left the
    /// floor is taken, and ends as they left.
    /// </summary>
    /// <exception cref="RuleViolation">Code <c>operator-deactivated</c> or <c>operator-without-role</c>.</exception>
    public SignOn SignOn(Guid id, string station, DateTimeOffset at)
    {
        MustBeOnFloor(at);
        return Domain.SignOn.Of(id, Code, station, at, OffFloorSince);
    }

    /// <summary>Whether the person has a skill, and has it still.</summary>
    public bool Can(string equipment, DateTimeOffset at) => Qualifications.Contains(equipment)
        && !SkillExpiries.Any(expiry => expiry.Equipment == equipment && expiry.ExpiresAt <= at);

    /// <summary>Only who works on the floor signs on, and is asked to do something.</summary>
    /// <exception cref="RuleViolation">Code <c>operator-deactivated</c> or <c>operator-without-role</c>.</exception>
    internal void MustBeOnFloor(DateTimeOffset at)
    {
        if (at >= OffFloorSince)
        {
            throw IsActive
                ? new RuleViolation("operator-without-role",
                    "The person's roles are none of the floor. Have an administrator give them one, such as operator.",
                    ("operator", Code), ("offFloorSince", OffFloorSince), ("at", at))
                : new RuleViolation("operator-deactivated",
                    "The person was deactivated. Have an administrator activate them, where they are back.",
                    ("operator", Code), ("offFloorSince", OffFloorSince), ("at", at));
        }
    }
}

/// <summary>Until when a person may work at equipment.</summary>
/// <param name="Equipment">Code of the equipment.</param>
/// <param name="ExpiresAt">From when on no more, UTC.</param>
public sealed record SkillExpiry(string Equipment, DateTimeOffset ExpiresAt);
