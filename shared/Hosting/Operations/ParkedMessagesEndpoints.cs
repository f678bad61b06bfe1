using Mes.Hosting.Auth;
using Mes.Hosting.Problems;
using Mes.Messaging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Mes.Hosting.Operations;

/// <summary>Messages that a consumer could not apply: to look at, and to send again once the cause is mended.</summary>
static class ParkedMessagesEndpoints
{
    public static void MapParkedMessages<TDb>(this RouteGroupBuilder group) where TDb : MesDbContext
    {
        group.MapGet("/parked-messages", List<TDb>).RequireAuthorization(Permissions.ReplayMessages);
        group.MapPost("/parked-messages/{id:long}/replay", Replay<TDb>).RequireAuthorization(Permissions.ReplayMessages);
    }

    static async Task<Page<ParkedMessage>> List<TDb>(
        TDb db, [AsParameters] PageRequest page, CancellationToken ct) where TDb : MesDbContext
    {
        var after = page.AfterNumber();
        var rows = await db.ParkedMessages.AsNoTracking().Where(row => row.ReplayedAt == null && row.Id > after)
            .OrderBy(row => row.Id).Take(page.Size + 1).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }

    static async Task<NoContent> Replay<TDb>(long id, TDb db, TimeProvider clock, CancellationToken ct) where TDb : MesDbContext
    {
        var parked = await db.ParkedMessages.SingleOrDefaultAsync(row => row.Id == id, ct)
            ?? throw RuleViolation.NotFound("parked-message", id);
        if (parked.Type == ParkedMessage.Unreadable)
        {
            throw new RuleViolation("parked-message-unreadable",
                "It is not a message of this software and cannot be applied. Look at its body to find the sender.", ("id", id));
        }
        parked.ReplayedAt = clock.GetUtcNow();
        db.Outbox.Resend(parked);
        return TypedResults.NoContent();
    }
}
