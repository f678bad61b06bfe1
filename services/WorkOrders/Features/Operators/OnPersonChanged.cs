using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Operators;

/// <summary>Keeps the people that Identity knows as operators; who leaves the floor is signed off as of then.</summary>
sealed class OnPersonChanged(WorkOrdersDb db) : IConsume<PersonChanged>
{
    public async Task Consume(PersonChanged message, CancellationToken ct)
    {
        var before = await db.Operators.FromSql($"SELECT * FROM operator WHERE code = {message.Code} FOR UPDATE")
            .AsNoTracking().SingleOrDefaultAsync(ct); // not tracked: what is waiting is applied in one unit of work
        var left = message.OffFloorSince?.ToUniversalTime(); // an upgrade has told some in the zone of its database
        // SQL: inserted, or changed where newer, in one statement: two states of one thing may arrive together
        var rows = await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO operator (code, name, qualifications, version, is_active, off_floor_since)
            VALUES ({message.Code}, {message.Name}, array[]::text[], {message.Version}, {message.IsActive}, {left})
            ON CONFLICT (code) DO UPDATE SET name = excluded.name, version = excluded.version,
                is_active = excluded.is_active, off_floor_since = excluded.off_floor_since
                WHERE operator.version < excluded.version
            """, ct);
        if (rows == 0)
        {
            return;
        }
        db.Audit("operator", message.Code,
            before is null ? null : new { before.Name, before.Version, before.IsActive, before.OffFloorSince },
            new { message.Name, message.Version, message.IsActive, OffFloorSince = left });
        if (left is { } time)
        {
            await SignOff(message.Code, time, ct);
        }
    }

    async Task SignOff(string code, DateTimeOffset left, CancellationToken ct)
    {
        var present = await db.SignOns.FromSql(
            $"SELECT * FROM sign_on WHERE operator = {code} AND signed_off_at IS NULL FOR UPDATE").ToListAsync(ct);
        present.ForEach(signOn => signOn.SignOff(left > signOn.SignedOnAt ? left : signOn.SignedOnAt));
    }
}
