using Mes.Kernel;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Mes.Web.Operations;

/// <summary>A message that a consumer could not apply.</summary>
/// <param name="Id">Identity within the service.</param>
/// <param name="MessageId">Id of the message.</param>
/// <param name="Queue">The consumer's queue.</param>
/// <param name="Type">Name of the contract, or <c>unreadable</c>.</param>
/// <param name="Body">The message as it came.</param>
/// <param name="Error">Why the last attempt failed.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="ParkedAt">When it was parked, UTC.</param>
/// <param name="ReplayedAt">When it was last sent again, UTC, or null.</param>
public sealed record ParkedMessageView(
    long Id, Guid MessageId, string Queue, string Type, string Body, string Error, int Attempts, DateTimeOffset ParkedAt,
    DateTimeOffset? ReplayedAt);

/// <summary>Messages that a consumer could not apply: to look at, and to send again once the cause is mended.</summary>
static class ParkedMessagesEndpoints
{
    public static void MapParkedMessages<TDb>(this RouteGroupBuilder group) where TDb : MesDbContext
    {
        group.MapGet("/parked-messages", List<TDb>)
            .Named("listParkedMessages", "List the messages that could not be applied")
            .RequireAuthorization(Permissions.ReplayMessages);
        group.MapPost("/parked-messages/{id:long}/replay", Replay<TDb>)
            .Named("replayParkedMessage", "Apply a parked message again")
            .RequireAuthorization(Permissions.ReplayMessages);
    }

    /// <summary>Those parked in the time asked for, the oldest first.</summary>
    static async Task<Page<ParkedMessageView>> List<TDb>(
        TDb db, [AsParameters] TimeFilter parked, [AsParameters] PageRequest page, CancellationToken ct) where TDb : MesDbContext
    {
        var after = page.AfterNumber();
        var rows = await db.ParkedMessages.In(parked, row => row.ParkedAt)
            .Where(row => row.ReplayedAt == null && row.Id > after)
            .OrderBy(row => row.Id).Take(page.Size + 1)
            .Select(row => new ParkedMessageView(row.Id, row.MessageId, row.Queue, row.Type, row.Body, row.Error, row.Attempts,
                row.ParkedAt, row.ReplayedAt)).ToListAsync(ct);
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
        parked.Replayed(clock.GetUtcNow());
        db.Outbox.Resend(parked);
        return TypedResults.NoContent();
    }
}
