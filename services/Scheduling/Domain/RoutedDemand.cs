using Mes.Contracts;

namespace Mes.Scheduling.Domain;

/// <summary>Makes demand of an order that nobody has placed.</summary>
public static class RoutedDemand
{
    /// <summary>An order that follows a routing. The ids of its operations follow from its own, so that it is the same however
    /// often it is made.</summary>
    public static DemandOrder Of(
        Guid id, string number, decimal quantity, DateTimeOffset? releaseAt, IReadOnlyList<RoutedOperation> operations) => new(
        id, number, quantity, 0, releaseAt, null,
        [.. operations.Select((operation, place) => new DemandOperation(
            IdOf(id, place), operation.Equipment, operation.SetupSeconds, operation.RunSecondsPerUnit, quantity)
        {
            Code = operation.Code, SetupFamily = operation.SetupFamily, Alternatives = operation.Alternatives ?? [],
            Resources = operation.Resources ?? [], Links = operation.Links, IsSplittable = operation.IsSplittable
        })]);

    static Guid IdOf(Guid order, int place)
    {
        var bytes = order.ToByteArray();
        BitConverter.TryWriteBytes(bytes, BitConverter.ToInt32(bytes) ^ (place + 1));
        return new Guid(bytes);
    }
}
