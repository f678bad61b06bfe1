using Mes.Equipment.Data;
using Mes.Equipment.Domain;
using Mes.Web;
using Mes.Web.Auth;

namespace Mes.Equipment.Features.Andon;

/// <summary>Who is called for something.</summary>
/// <param name="Kind">What is called for.</param>
/// <param name="Steps">Who, and who after which time without an answer.</param>
public sealed record EscalationView(AndonKind Kind, IReadOnlyList<AndonStep> Steps)
{
    internal static EscalationView Of(AndonEscalation rule) => new(rule.Kind, rule.Steps);
}

static class ListEscalationsEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/andon-escalations", Handle).Named("listEscalations", "List who is called for what")
            .RequireAuthorization(Permissions.ReadEquipment);

    /// <summary>All kinds of call, in the order of their kinds; the usual steps where nobody has said otherwise.</summary>
    static async Task<Page<EscalationView>> Handle(EquipmentDb db, [AsParameters] PageRequest page, CancellationToken ct)
    {
        var after = (int)page.AfterNumber();
        return Page.Counted(
            [.. (await db.AllEscalations(ct)).Skip(after).Take(page.Size + 1).Select(EscalationView.Of)], page);
    }
}
