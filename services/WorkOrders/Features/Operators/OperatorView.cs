using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Operators;

/// <summary>A person who works on the floor, or has.</summary>
/// <param name="Code">Code, as on the badge.</param>
/// <param name="Name">Name to show.</param>
/// <param name="Skills">Codes of the equipment the person may work at.</param>
/// <param name="Expiries">Until when those last that do not last for ever.</param>
/// <param name="IsActive">Whether the person is still with the plant.</param>
/// <param name="OffFloorSince">Since when the person does not work on the floor, UTC: gone, or without a role for it; null while
/// they do.</param>
/// <param name="IsKnownOnlyHere">Whether the person was entered here, before people were Identity's: make them known there under
/// this code, with PUT /api/identity/people/{code}.</param>
public sealed record OperatorView(
    string Code, string Name, IReadOnlyList<string> Skills, IReadOnlyList<SkillExpiry> Expiries,
    bool IsActive, DateTimeOffset? OffFloorSince,
    bool IsKnownOnlyHere)
{
    internal static OperatorView Of(Operator person) => new(person.Code, person.Name, person.Qualifications,
        person.SkillExpiries, person.IsActive,
        person.OffFloorSince, person.IsKnownOnlyHere);
}
