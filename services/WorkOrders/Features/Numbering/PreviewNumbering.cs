using Mes.Kernel;
using Mes.Web;
using Mes.Web.Auth;
using Mes.WorkOrders.Data;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Features.Numbering;

/// <summary>The numbers that a pattern would give.</summary>
/// <param name="Next">The next three, where the counter stands now.</param>
public sealed record NumberingPreview(IReadOnlyList<string> Next);

/// <summary>A pattern that is being thought of.</summary>
/// <param name="Pattern">How they would be written.</param>
/// <param name="Reset">When the counter would begin at 1 again; never unless told.</param>
public sealed record PatternInMind(string Pattern, CounterReset? Reset);

static class PreviewNumberingEndpoint
{
    const int Count = 3;

    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/numbering/{kind}/preview", Handle).Named("previewNumbering", "Show what numbers a pattern would give")
            .RequireAuthorization(Permissions.ReadWorkOrders);

    /// <summary>Changes nothing: what is wrong with a pattern is told as a refusal, while it is typed.</summary>
    static async Task<NumberingPreview> Handle(
        NumberingKind kind, Code? product, [AsParameters] PatternInMind wanted, WorkOrdersDb db, TimeProvider clock,
        CancellationToken ct)
    {
        var of = product?.Value ?? "";
        var rule = await db.RuleFor(kind, of, ct);
        if (rule is null || rule.Product != of) rule = new NumberingRule { Kind = kind, Product = of };
        rule.Define(NormalForm.Of(wanted.Pattern), wanted.Reset ?? CounterReset.None, clock.Today());
        return new NumberingPreview(rule.Preview(clock.Today(), Count));
    }
}
