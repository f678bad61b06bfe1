using Mes.Contracts;
using Mes.Messaging;
using Mes.Persistence;
using Mes.Scheduling.Data;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.MasterData;

/// <summary>Keeps the routings: what a product not yet ordered would need.</summary>
sealed class OnRoutingDefined(SchedulingDb db) : IConsume<RoutingDefined>
{
    // SQL: a revision that is there already is passed over
    // Not audited: a copy of the routing of WorkOrders
    public Task Consume(RoutingDefined message, CancellationToken ct) => db.Database.ExecuteSqlAsync(
        $"""
        INSERT INTO routing (product, code, revision, operations)
        VALUES ({message.Product}, {message.Code}, {message.Revision}, {MessageJson.Write(message.Operations)}::jsonb)
        ON CONFLICT DO NOTHING
        """, ct);
}
