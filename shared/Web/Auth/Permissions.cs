using System.Collections.Frozen;

namespace Mes.Web.Auth;

/// <summary>
/// What a caller may do. Each constant is also the name of an authorization policy, so that an endpoint says
/// <c>.RequireAuthorization(Permissions.ReportProduction)</c>. The values travel in tickets: never rename one.
/// </summary>
public static class Permissions
{
    /// <summary>See products, routings, orders, operations, reports, genealogy and the dispatch list.</summary>
    public const string ReadWorkOrders = "work-orders.read";

    /// <summary>Change products, routings and what people can do.</summary>
    public const string ManageWorkOrders = "work-orders.manage";

    /// <summary>Release orders to the floor; change, split, merge, cancel and close them.</summary>
    public const string ReleaseWorkOrders = "work-orders.release";

    /// <summary>Follow orders up on the floor: hold and resume them, write notes, attach files, settle discrepancies.</summary>
    public const string FollowUpWorkOrders = "work-orders.follow-up";

    /// <summary>Report production and take a report back.</summary>
    public const string ReportProduction = "production.report";

    /// <summary>Sign on and off at equipment.</summary>
    public const string SignOn = "production.sign-on";

    /// <summary>
    /// Sign on, report and take back in another person's name, and enter a sign-on late; the audit shows it.
    /// </summary>
    public const string ActForOthers = "production.act-for-others";

    /// <summary>Send orders from the ERP and fetch its confirmations.</summary>
    public const string ExchangeErp = "erp.exchange";

    /// <summary>See plans, calendars and planning runs.</summary>
    public const string ReadScheduling = "scheduling.read";

    /// <summary>Define resources and setup times, plan and publish.</summary>
    public const string Plan = "scheduling.plan";

    /// <summary>Move operations in the plan in force, take that back, and pin them to their place.</summary>
    public const string MovePlanned = "scheduling.move";

    /// <summary>See inspections, nonconformances and charts.</summary>
    public const string ReadQuality = "quality.read";

    /// <summary>Define inspection plans.</summary>
    public const string ManageQuality = "quality.manage";

    /// <summary>Record measurements and give verdicts.</summary>
    public const string Inspect = "quality.inspect";

    /// <summary>Decide on nonconformances; hold and release lots.</summary>
    public const string Disposition = "quality.disposition";

    /// <summary>See materials, lots, stock and the ledger.</summary>
    public const string ReadInventory = "inventory.read";

    /// <summary>Receive, issue, return and move stock.</summary>
    public const string MoveInventory = "inventory.move";

    /// <summary>Define materials and locations, adjust and count stock, resolve discrepancies.</summary>
    public const string AdjustInventory = "inventory.adjust";

    /// <summary>See equipment, states, counts and key figures.</summary>
    public const string ReadEquipment = "equipment.read";

    /// <summary>Change equipment, which calendar it works by, and reason trees.</summary>
    public const string ManageEquipment = "equipment.manage";

    /// <summary>Define calendars: shifts, holidays, extra shifts.</summary>
    public const string DefineCalendars = "equipment.calendars";

    /// <summary>Report states, downtime, counts and andon calls.</summary>
    public const string ReportEquipment = "equipment.report";

    /// <summary>Answer andon calls: come, and say when they are dealt with.</summary>
    public const string AnswerAndon = "equipment.answer";

    /// <summary>See, start and stop job runs and their schedules.</summary>
    public const string RunJobs = "jobs.run";

    /// <summary>See who changed a record, when and why; not the whole trail, and nothing of Identity's.</summary>
    public const string ReadHistory = "history.read";

    /// <summary>Read the audit trail.</summary>
    public const string ReadAudit = "audit.read";

    /// <summary>See parked messages and replay them.</summary>
    public const string ReplayMessages = "messages.replay";

    /// <summary>Make people of the floor known, give them its roles and badges, and take them off it.</summary>
    public const string ManagePeople = "people.manage";

    /// <summary>Manage all people, also their passwords, and API keys, devices and sessions.</summary>
    public const string ManageIdentity = "identity.manage";

    /// <summary>What no badge gives: whoever says who may do what has shown a password, or is a program with a key.</summary>
    public static FrozenSet<string> NeverByBadge { get; } = FrozenSet.Create(ManagePeople, ManageIdentity);

    /// <summary>Every permission there is.</summary>
    public static FrozenSet<string> All { get; } = FrozenSet.Create(
        ReadWorkOrders, ManageWorkOrders, ReleaseWorkOrders, FollowUpWorkOrders,
        ReportProduction, SignOn, ActForOthers, ExchangeErp,
        ReadScheduling, Plan, MovePlanned, ReadQuality, ManageQuality, Inspect, Disposition,
        ReadInventory, MoveInventory, AdjustInventory, ReadEquipment, ManageEquipment, DefineCalendars, ReportEquipment,
        AnswerAndon, RunJobs, ReadHistory, ReadAudit, ReplayMessages, ManagePeople, ManageIdentity);
}
