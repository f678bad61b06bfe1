using Mes.Contracts;
using Mes.Gateway.Identity.Data;
using Mes.Messaging;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>
/// Keeps in which work center a unit is: a terminal that is bound to that serves it. It acts within the second for which a
/// gateway remembers who somebody is.
/// </summary>
sealed class OnEquipmentChanged(IdentityDb db) : IConsume<EquipmentChanged>
{
    // Not audited: a copy of what Equipment tells
    // SQL: inserted, or changed where newer, in one statement: two states of one unit may arrive together
    public Task Consume(EquipmentChanged message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        insert into equipment (code, work_center, version)
        values ({message.Code}, {message.WorkCenter}, {message.Version})
        on conflict (code) do update set work_center = excluded.work_center, version = excluded.version
            where equipment.version < excluded.version
        """, ct);
}
