namespace Mes.Contracts;

/// <summary>A person of the plant, as Identity keeps them; whoever works on the floor is one of them.</summary>
/// <param name="Code">Code of the person, under which they sign on, report and are named in stops; never another's.</param>
/// <param name="Version">Rises with each change.</param>
/// <param name="Name">Name to show.</param>
/// <param name="IsActive">Whether the person is still with the plant.</param>
/// <param name="OffFloorSince">Since when the person does not work on the floor, UTC: gone, or without a role that may sign on.
/// Null while they do.</param>
[State("workorders-know-person")]
public sealed record PersonChanged(
    string Code, long Version, string Name, bool IsActive, DateTimeOffset? OffFloorSince);
