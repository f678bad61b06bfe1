namespace Mes.Inventory.Domain;

/// <summary>What lies of a lot at one real location.</summary>
/// <param name="Location">Location code.</param>
/// <param name="Kind">What the location is.</param>
/// <param name="OnHand">Quantity there, &gt;= 0.</param>
/// <param name="Reserved">Reserved part of it, 0 to <paramref name="OnHand"/>.</param>
public sealed record StockAt(string Location, LocationKind Kind, decimal OnHand, decimal Reserved);

/// <summary>A part of a lot at a location that is kept for an order.</summary>
/// <param name="OrderNumber">The order.</param>
/// <param name="Location">Location code.</param>
/// <param name="Quantity">Quantity, &gt; 0.</param>
/// <param name="DueAt">When the order is due, UTC, or null where unknown.</param>
public sealed record ReservedFor(string OrderNumber, string Location, decimal Quantity, DateTimeOffset? DueAt);

/// <summary>What was taken at one location.</summary>
public readonly record struct Taken(string Location, decimal Quantity);

/// <summary>How a location's stock changes.</summary>
public readonly record struct StockChange(string Location, decimal OnHand, decimal Reserved);

/// <summary>How an order's reservation at a location changes.</summary>
public readonly record struct ReservationChange(string OrderNumber, string Location, decimal Quantity);

/// <summary>
/// One lot's stock over the real locations, held under the lot's lock: the rules by which it is taken and put.
/// Remembers what changed.
/// </summary>
public sealed class LotStock
{
    readonly Dictionary<string, Place> _places;

    /// <summary>The stock as it was read.</summary>
    public LotStock(Lot lot, IEnumerable<StockAt> stock, IEnumerable<ReservedFor> reservations)
    {
        Lot = lot;
        _places = stock.ToDictionary(at => at.Location, at => new Place(at));
        foreach (var reserved in reservations)
        {
            _places[reserved.Location].Reservations[reserved.OrderNumber] = reserved;
        }
    }

    /// <summary>The lot.</summary>
    public Lot Lot { get; }

    /// <summary>What is there, over all real locations.</summary>
    public decimal OnHand => _places.Values.Sum(place => place.OnHand);

    /// <summary>What is there and reserved for nobody but the order.</summary>
    public decimal FreeFor(string? order, Func<StockAt, bool> at) =>
        _places.Values.Where(place => at(place.Read)).Sum(place => place.FreeFor(order));

    /// <summary>What is at the location.</summary>
    public StockAt At(string location, LocationKind kind) =>
        _places.TryGetValue(location, out var place) ? place.Now : new StockAt(location, kind, 0, 0);

    /// <summary>Puts a quantity at a location.</summary>
    public void Put(string location, LocationKind kind, decimal quantity)
    {
        if (!_places.TryGetValue(location, out var place))
        {
            _places[location] = place = new Place(new StockAt(location, kind, 0, 0));
        }
        place.OnHand += quantity;
    }

    /// <summary>
    /// Takes at most <paramref name="quantity"/>: first what is reserved for the order, then what is reserved for
    /// nobody; what is reserved for others only where <paramref name="mayDisplace"/>.
    /// </summary>
    /// <param name="quantity">What is wanted, &gt; 0.</param>
    /// <param name="order">For which order, or null.</param>
    /// <param name="mayDisplace">Whether it has happened already, so that reservations must give way.</param>
    /// <param name="preference">Where to take first: the lower, the sooner; null where not at all.</param>
    /// <returns>What was taken, place by place; together it may be less than wanted.</returns>
    public IReadOnlyList<Taken> Take(
        decimal quantity, string? order, bool mayDisplace, Func<StockAt, int?> preference)
    {
        var places = _places.Values.Where(place => preference(place.Read) is not null)
            .OrderByDescending(place => place.OwnOf(order) > 0).ThenBy(place => preference(place.Read))
            .ThenBy(place => place.Read.Location, StringComparer.Ordinal).ToList();
        var taken = new Dictionary<string, decimal>();
        foreach (var place in places)
        {
            quantity -= Note(taken, place, place.Take(quantity, order));
        }
        foreach (var place in mayDisplace ? places : [])
        {
            quantity -= Note(taken, place, place.Displace(quantity));
        }
        return [.. taken.Select(pair => new Taken(pair.Key, pair.Value))];
    }

    /// <summary>What has changed since it was read.</summary>
    public IEnumerable<StockChange> Changes() => _places.Values
        .Select(place => new StockChange(place.Read.Location, place.OnHand - place.Read.OnHand,
            place.Reserved - place.Read.Reserved))
        .Where(change => change.OnHand != 0 || change.Reserved != 0);

    /// <summary>Which reservations have changed since they were read.</summary>
    public IEnumerable<ReservationChange> ReservationChanges() => _places.Values.SelectMany(place => place.Lessened
        .Select(pair => new ReservationChange(pair.Key, place.Read.Location, -pair.Value)));

    static decimal Note(Dictionary<string, decimal> taken, Place place, decimal quantity)
    {
        if (quantity > 0)
        {
            taken[place.Read.Location] = taken.GetValueOrDefault(place.Read.Location) + quantity;
        }
        return quantity;
    }

    sealed class Place(StockAt read)
    {
        public StockAt Read { get; } = read;
        public decimal OnHand { get; set; } = read.OnHand;
        public decimal Reserved { get; private set; } = read.Reserved;
        public Dictionary<string, ReservedFor> Reservations { get; } = [];
        public Dictionary<string, decimal> Lessened { get; } = [];
        public StockAt Now => Read with { OnHand = OnHand, Reserved = Reserved };

        public decimal OwnOf(string? order) =>
            order is not null && Reservations.TryGetValue(order, out var own) ? own.Quantity : 0;

        public decimal FreeFor(string? order) => OnHand - Reserved + OwnOf(order);

        public decimal Take(decimal wanted, string? order)
        {
            var quantity = Math.Min(wanted, FreeFor(order));
            Lessen(order, Math.Min(quantity, OwnOf(order)));
            OnHand -= quantity;
            return quantity;
        }

        /// <summary>Takes what others have reserved: from the order that is due last first.</summary>
        public decimal Displace(decimal wanted)
        {
            var quantity = Math.Min(wanted, OnHand);
            var toDisplace = quantity - (OnHand - Reserved);
            foreach (var reserved in Reservations.Values.OrderByDescending(r => r.DueAt ?? DateTimeOffset.MaxValue)
                         .ThenByDescending(r => r.OrderNumber, StringComparer.Ordinal).ToList())
            {
                var displaced = Math.Clamp(toDisplace, 0, reserved.Quantity);
                Lessen(reserved.OrderNumber, displaced);
                toDisplace -= displaced;
            }
            OnHand -= quantity;
            return quantity;
        }

        void Lessen(string? order, decimal quantity)
        {
            if (quantity > 0)
            {
                Reservations[order!] = Reservations[order!] with { Quantity = Reservations[order!].Quantity - quantity };
                Lessened[order!] = Lessened.GetValueOrDefault(order!) + quantity;
                Reserved -= quantity;
            }
        }
    }
}
