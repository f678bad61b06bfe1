using FluentValidation;
using Mes.Contracts;
using Mes.Kernel;

namespace Mes.Web.Commands;

/// <summary>Bounds of what an operation needs, the same in a routing and in a question about one.</summary>
public static class OperationNeedsBounds
{
    const int AlternativesMax = 100;
    const int ResourcesMax = 20;
    const int LinksMax = 50;
    const int ResourceQuantityMax = 10_000;
    const int LagSecondsMax = 365 * 86_400;

    /// <summary>At most 100 units of equipment with times from 0 to 1e9 s, or none.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<OperationAlternative>?> AreAlternatives<T>(
        this IRuleBuilder<T, IReadOnlyList<OperationAlternative>?> rule) => rule
        .Must(items => items is null || items.Count <= AlternativesMax).WithMessage($"Name at most {AlternativesMax}.")
        .Must(items => items is null || items.All(IsAlternative)).WithMessage("Name equipment, and use seconds from 0 to 1e9.");

    /// <summary>At most 20 resources, each once and from 1 to 10000 of it, or none.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<ResourceNeed>?> AreResources<T>(
        this IRuleBuilder<T, IReadOnlyList<ResourceNeed>?> rule) => rule
        .Must(items => items is null || items.Count <= ResourcesMax).WithMessage($"Name at most {ResourcesMax}.")
        .Must(items => items is null || items.All(IsNeed))
            .WithMessage($"Name resources by their codes, and use quantities from 1 to {ResourceQuantityMax}. {Codes.Hint}")
        .Must(items => items is null || items.DistinctBy(item => item?.Resource).Count() == items.Count)
            .WithMessage("Name each resource once.");

    /// <summary>At most 50 links with lags from 0 s to a year, the maximum not below the minimum, or none.</summary>
    public static IRuleBuilderOptions<T, IReadOnlyList<OperationLink>?> AreLinks<T>(
        this IRuleBuilder<T, IReadOnlyList<OperationLink>?> rule) => rule
        .Must(items => items is null || items.Count <= LinksMax).WithMessage($"Name at most {LinksMax}.")
        .Must(items => items is null || items.All(IsLink))
            .WithMessage("Use lags from 0 seconds to a year, the maximum not below the minimum.");

    static bool IsAlternative(OperationAlternative? item) => item is not null && Codes.IsCode(item.Equipment)
        && IsTime(item.SetupSeconds) && IsTime(item.RunSecondsPerUnit);

    static bool IsTime(decimal? seconds) => seconds is null or (>= 0 and <= InputBounds.QuantityMax);

    static bool IsNeed(ResourceNeed? item) =>
        item is not null && Codes.IsCode(item.Resource) && item.Quantity is >= 1 and <= ResourceQuantityMax;

    static bool IsLink(OperationLink? link) => link is not null && link.MinLagSeconds is >= 0 and <= LagSecondsMax
        && (link.MaxLagSeconds is null || (link.MaxLagSeconds >= link.MinLagSeconds && link.MaxLagSeconds <= LagSecondsMax));
}
