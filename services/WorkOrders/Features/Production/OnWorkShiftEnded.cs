using Mes.Contracts;
using Mes.Messaging;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;
using Microsoft.EntityFrameworkCore;

namespace Mes.WorkOrders.Features.Production;

/// <summary>
/// Ends work that nobody has ended although its shift is over, as of the shift's end. Who has spoken of it since works
/// overtime, and goes on.
/// </summary>
sealed class OnWorkShiftEnded(WorkOrdersDb db, WorkStore works) : IConsume<WorkShiftEnded>
{
    public async Task Consume(WorkShiftEnded message, CancellationToken ct)
    {
        if (await db.Work.AnyAsync(work => work.Id == message.WorkId && work.State != WorkState.Ended, ct))
        {
            await works.End(message.WorkId, WorkEnd.ShiftEnd, message.EndedAt, ct);
        }
    }
}
