using Mes.Scheduling.Data;
using Mes.Web;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Scheduling.Features.Drafts;

/// <summary>A draft in a list.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Owner">Who opened it: code of the person, or id of the program.</param>
/// <param name="OwnerName">The owner's name when it was opened.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="BaseVersion">Version of the plan in force on which its steps were taken last.</param>
/// <param name="Revision">Number of its steps that count.</param>
/// <param name="PublishedVersion">Version of the plan as which it was published, or null.</param>
/// <param name="CreatedAt">When it was opened, UTC.</param>
/// <param name="ChangedAt">When it was changed last, UTC.</param>
public sealed record DraftLine(Guid Id, string Owner, string OwnerName, DraftStatus Status, long BaseVersion, int Revision,
    long? PublishedVersion, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);

static class ListDraftsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/drafts", Handle).Named("listDrafts", "List the drafts").RequireAuthorization(Permissions.ReadScheduling);

    /// <summary>In the order of their ids; the time is that at which they were opened.</summary>
    static async Task<Page<DraftLine>> Handle(
        SchedulingDb db, string? owner, DraftStatus? status, [AsParameters] TimeFilter made, [AsParameters] PageRequest page,
        CancellationToken ct)
    {
        var after = page.AfterId();
        // by EF, which leaves out of the mapped row what the list does not show
        var rows = await db.Drafts.AsNoTracking().In(made, draft => draft.CreatedAt).Where(draft =>
            draft.Id > after && (owner == null || draft.Owner == owner) && (status == null || draft.Status == status))
            .OrderBy(draft => draft.Id).Take(page.Size + 1).Select(draft => new DraftLine(
                draft.Id, draft.Owner, draft.OwnerName, draft.Status, draft.BaseVersion, draft.Revision,
                draft.PublishedVersion, draft.CreatedAt, draft.ChangedAt)).ToListAsync(ct);
        return Page.Of(rows, page.Size, row => row.Id.ToString());
    }
}
