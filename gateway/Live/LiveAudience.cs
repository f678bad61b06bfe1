using System.Collections.Frozen;
using Mes.Contracts;
using Mes.Web.Auth;

namespace Mes.Gateway.Live;

/// <summary>Who may hear of what: an event is read with the permission to read the service that tells it.</summary>
static class LiveAudience
{
    static readonly string[] Everything =
    [
        Permissions.ReadWorkOrders, Permissions.ReadScheduling, Permissions.ReadQuality, Permissions.ReadInventory,
        Permissions.ReadEquipment,
    ];

    static readonly FrozenDictionary<string, string> PermissionOf = new Dictionary<string, string>
    {
        [nameof(PersonChanged)] = Permissions.ReadWorkOrders,
        [nameof(ProductChanged)] = Permissions.ReadWorkOrders,
        [nameof(RoutingDefined)] = Permissions.ReadWorkOrders,
        [nameof(WorkOrderChanged)] = Permissions.ReadWorkOrders,
        [nameof(WorkChanged)] = Permissions.ReadWorkOrders,
        [nameof(ProductionReported)] = Permissions.ReadWorkOrders,
        [nameof(SchedulePublished)] = Permissions.ReadScheduling,
        [nameof(PlanningProgressed)] = Permissions.ReadScheduling,
        [nameof(ResourceChanged)] = Permissions.ReadScheduling,
        [nameof(QualityHoldChanged)] = Permissions.ReadQuality,
        [nameof(PiecesJudged)] = Permissions.ReadQuality,
        [nameof(MaterialAvailabilityChanged)] = Permissions.ReadInventory,
        [nameof(MaterialIssued)] = Permissions.ReadInventory,
        [nameof(ConsumptionDue)] = Permissions.ReadInventory,
        [nameof(StockBecameAvailable)] = Permissions.ReadInventory,
        [nameof(EquipmentChanged)] = Permissions.ReadEquipment,
        [nameof(EquipmentAvailabilityChanged)] = Permissions.ReadEquipment,
        [nameof(AndonCallChanged)] = Permissions.ReadEquipment,
        [nameof(CalendarChanged)] = Permissions.ReadEquipment,
        [nameof(UnitCalendarChanged)] = Permissions.ReadEquipment,
        [nameof(WorkShiftEnded)] = Permissions.ReadEquipment,
        [nameof(DowntimeRecorded)] = Permissions.ReadEquipment,
        [nameof(DowntimeWithdrawn)] = Permissions.ReadEquipment,
    }.ToFrozenDictionary();

    /// <summary>Whether the caller may hear of an event. One that is not listed is for those who may read everything.</summary>
    public static bool MayHear(Caller caller, string type) => type == LiveEvents.Missed
        || (PermissionOf.TryGetValue(type, out var permission) ? caller.May(permission) : Everything.All(caller.May));
}
