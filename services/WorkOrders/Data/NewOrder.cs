using FluentValidation;
using Mes.Kernel;
using Mes.Web.Commands;
using Mes.WorkOrders.Domain;

namespace Mes.WorkOrders.Data;

/// <summary>What an order is made of, whoever sends it.</summary>
public abstract record NewOrder
{
    /// <summary>Code of the routing.</summary>
    public required string Routing { get; init; }

    /// <summary>
    /// Revision of the routing, effective when the order may begin: at its earliest start, or now where it has none. Where no
    /// revision is given the newest of those: the last by name, numbers by value (10 after 9). An order keeps its own.
    /// </summary>
    public string? Revision { get; init; }

    /// <summary>Quantity, &gt; 0, in the product's unit; later not below what is good already.</summary>
    public required decimal Quantity { get; init; }

    /// <summary>Unit; must be the product's where given.</summary>
    public string? Unit { get; init; }

    /// <summary>
    /// Lot number of what it makes, which no other order of the product makes; where none is given, by the numbering of lots, or
    /// the order's number where lots have none.
    /// </summary>
    public string? Lot { get; init; }

    /// <summary>0 is normal, 100 and above is a rush order, up to 1000.</summary>
    public int Priority { get; init; }

    /// <summary>Earliest start.</summary>
    public DateTimeOffset? ReleaseAt { get; init; }

    /// <summary>Due date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Whether the floor may work on it at once.</summary>
    public bool Release { get; init; }

    internal OrderDemand Demand => new OrderDemand(Quantity, Priority, ReleaseAt, DueAt).Kept;

    internal void MustBeIn(string unit)
    {
        if (Unit is not null && Unit != unit)
        {
            throw new RuleViolation("wrong-unit", "Order in the product's unit.", ("unit", Unit), ("expected", unit));
        }
    }
}

abstract class NewOrderValidator<TOrder> : AbstractValidator<TOrder> where TOrder : NewOrder
{
    protected NewOrderValidator()
    {
        RuleFor(order => order.Routing).IsCode();
        RuleFor(order => order.Revision).IsCodeOrNull();
        RuleFor(order => order.Lot).IsCodeOrNull();
        RuleFor(order => order.Quantity).IsPositiveQuantity();
        RuleFor(order => order.Priority).InclusiveBetween(0, 1000).WithMessage("Use a priority from 0 to 1000.");
        RuleFor(order => order.ReleaseAt!.Value).IsTime().When(order => order.ReleaseAt is not null);
        RuleFor(order => order.DueAt!.Value).IsTime().When(order => order.DueAt is not null);
    }
}
