using System.Collections.Frozen;

namespace Mes.Web.Auth;

/// <summary>The roles of a plant and what each may do. Several roles add up.</summary>
public static class Roles
{
    /// <summary>Works at a machine: signs on, reports, checks, calls for help.</summary>
    public const string Operator = "operator";

    /// <summary>
    /// Leads operators: works as they do, enters and takes back work for them, says who does what next within the plan, and
    /// follows orders up.
    /// </summary>
    public const string Foreman = "foreman";

    /// <summary>Plans and releases orders.</summary>
    public const string Planner = "planner";

    /// <summary>Defines what is inspected, inspects and decides on nonconforming material.</summary>
    public const string Quality = "quality";

    /// <summary>Receives, moves and counts stock.</summary>
    public const string Warehouse = "warehouse";

    /// <summary>Keeps the equipment running.</summary>
    public const string Maintenance = "maintenance";

    /// <summary>Owns master data: products, routings, equipment.</summary>
    public const string Engineer = "engineer";

    /// <summary>Enters the people of the floor, as a personnel department or its system does.</summary>
    public const string Personnel = "personnel";

    /// <summary>A screen on the wall: sees what goes on at the equipment.</summary>
    public const string Board = "board";

    /// <summary>The ERP system.</summary>
    public const string Erp = "erp";

    /// <summary>May do everything.</summary>
    public const string Administrator = "administrator";

    static readonly string[] Views =
    [
        Permissions.ReadWorkOrders, Permissions.ReadScheduling, Permissions.ReadQuality,
        Permissions.ReadInventory, Permissions.ReadEquipment,
    ];

    /// <summary>
    /// Roles of those who work at machines and terminals. A badge gives these and no others unless they are named at it, and
    /// whoever keeps people without being administrator gives no others.
    /// </summary>
    public static FrozenSet<string> OfTheFloor { get; } =
        FrozenSet.Create(Operator, Foreman, Quality, Warehouse, Maintenance);

    /// <summary>What each role may do.</summary>
    public static FrozenDictionary<string, FrozenSet<string>> PermissionsOf { get; } =
        new Dictionary<string, FrozenSet<string>>
        {
            [Operator] = WithViews(Permissions.SignOn, Permissions.ReportProduction, Permissions.ReportEquipment,
                Permissions.Inspect, Permissions.MoveInventory),
            [Foreman] = WithHistory(Permissions.SignOn, Permissions.ReportProduction, Permissions.ActForOthers,
                Permissions.FollowUpWorkOrders, Permissions.MovePlanned, Permissions.ReportEquipment, Permissions.AnswerAndon,
                Permissions.Inspect, Permissions.MoveInventory),
            [Planner] = WithHistory(Permissions.ManageWorkOrders, Permissions.ReleaseWorkOrders, Permissions.FollowUpWorkOrders,
                Permissions.Plan, Permissions.MovePlanned, Permissions.DefineCalendars, Permissions.RunJobs),
            [Quality] = WithHistory(Permissions.ManageQuality, Permissions.Inspect, Permissions.Disposition,
                Permissions.AnswerAndon),
            [Warehouse] = WithHistory(Permissions.MoveInventory, Permissions.AdjustInventory, Permissions.AnswerAndon),
            [Maintenance] = WithHistory(Permissions.ManageEquipment, Permissions.DefineCalendars, Permissions.ReportEquipment,
                Permissions.AnswerAndon),
            [Engineer] = WithHistory(Permissions.ManageWorkOrders, Permissions.FollowUpWorkOrders, Permissions.ManageEquipment,
                Permissions.DefineCalendars),
            [Personnel] = FrozenSet.Create(Permissions.ManagePeople),
            [Board] = FrozenSet.Create(Permissions.ReadEquipment),
            [Erp] = WithViews(Permissions.ExchangeErp),
            [Administrator] = Permissions.All,
        }.ToFrozenDictionary();

    /// <summary>Whether there is such a role.</summary>
    public static bool Exists(string role) => PermissionsOf.ContainsKey(role);

    /// <summary>What a caller with these roles may do, sorted; unknown roles give nothing.</summary>
    public static string[] Union(IEnumerable<string> roles) =>
    [
        .. roles.SelectMany(role => PermissionsOf.TryGetValue(role, out var set) ? set : [])
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What a person is who signs in by a badge.</summary>
    /// <param name="named">The roles that are named at the badge, or null.</param>
    /// <param name="ofPerson">The person's roles; of these a badge that names none gives those of the floor.</param>
    public static string[] ByBadge(string[]? named, string[] ofPerson) => named ?? [.. ofPerson.Where(OfTheFloor.Contains)];

    static FrozenSet<string> WithViews(params string[] permissions) => Views.Concat(permissions).ToFrozenSet();

    static FrozenSet<string> WithHistory(params string[] permissions) => WithViews([Permissions.ReadHistory, .. permissions]);
}
