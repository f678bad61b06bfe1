using Mes.Contracts;
using Mes.Inventory.Domain;

namespace Mes.Inventory.Data;

/// <summary>What a movement is, apart from its quantities.</summary>
/// <param name="Kind">One of <see cref="MovementKinds"/>.</param>
/// <param name="Source">What caused it.</param>
/// <param name="OccurredAt">When it happened, UTC.</param>
/// <param name="OrderNumber">The work order, or null.</param>
public sealed record MovementHeader(string Kind, MovementSource Source, DateTimeOffset OccurredAt, string? OrderNumber = null)
{
    /// <summary>Code of the order's operation that it is for, or null where nobody said.</summary>
    public string? Operation { get; init; }

    /// <summary>The component that it is used in place of, or null.</summary>
    public Replacement? InsteadOf { get; init; }

    /// <summary>The movement that this one undoes, or null.</summary>
    public Guid? Reverses { get; init; }

    /// <summary>Why, or null where nobody said.</summary>
    public string? Reason { get; init; }

    /// <summary>The paper it came with, or null.</summary>
    public string? Reference { get; init; }
}

/// <summary>A component in whose place something is used.</summary>
/// <param name="Material">The component's material code.</param>
/// <param name="Ratio">How much of what is used replaces one unit of it.</param>
public sealed record Replacement(string Material, decimal Ratio)
{
    /// <summary>So much of the component.</summary>
    public decimal Of(decimal quantity) => decimal.Round(quantity / Ratio, 6);
}

/// <summary>
/// Writes movements: ledger entries, and the stock, reservations and demands that they change, in one transaction, and tells
/// the genealogy what orders got. The lots are locked by the caller; <see cref="Write"/> comes last.
/// </summary>
sealed class StockStore(InventoryDb db, StockWriter writer, TimeProvider clock)
{
    readonly HashSet<LotStock> _lots = [];
    readonly Dictionary<(LotKey Lot, string Account), decimal> _accounts = [];
    readonly List<Issued> _issued = [];
    bool _hasInflow;

    /// <summary>What an order got of a lot: issued to it or used up by its report; negative where that is undone.</summary>
    sealed record Issued(Guid MovementId, MovementHeader Header, LotKey Lot, decimal Quantity)
    {
        public string Order => Header.OrderNumber!;

        public bool IsFlushed => Header.Kind is MovementKinds.Backflush or MovementKinds.BackflushReversal;

        public DemandChange Change => new(Order, Lot.Material, Quantity, 0) { Flushed = IsFlushed ? Quantity : 0 };

        public DemandChange? Replaced => Header.InsteadOf is { } instead
            ? new(Order, instead.Material, 0, 0) { Substituted = instead.Of(Quantity) } : null;
    }

    /// <summary>Posts what was taken of a lot to a virtual location.</summary>
    public Movement TakeOut(MovementHeader header, LotStock stock, IReadOnlyList<Taken> taken, string account) => Post(
        header, stock, taken.Select(t => (t.Location, -t.Quantity)).Append((account, taken.Sum(t => t.Quantity))), account);

    /// <summary>Puts a quantity of a lot at a location, from a virtual one.</summary>
    public Movement PutIn(MovementHeader header, LotStock stock, StockAt at, decimal quantity, string account)
    {
        stock.Put(at.Location, at.Kind, quantity);
        _hasInflow = true;
        return Post(header, stock, [(at.Location, quantity), (account, -quantity)], account);
    }

    /// <summary>Puts what was taken of a lot at another location.</summary>
    public Movement Transfer(MovementHeader header, LotStock stock, IReadOnlyList<Taken> taken, Location to)
    {
        var quantity = taken.Sum(t => t.Quantity);
        stock.Put(to.Code, to.Kind, quantity);
        _hasInflow = true;
        return Post(header, stock, taken.Select(t => (t.Location, -t.Quantity)).Append((to.Code, quantity)), null);
    }

    /// <summary>
    /// Posts the counter-movement of a movement of one lot; what it put somewhere must still be there.
    /// </summary>
    /// <param name="header">The counter-movement.</param>
    /// <param name="stock">The lot's stock.</param>
    /// <param name="movement">The movement to undo.</param>
    /// <param name="kinds">What each location is.</param>
    public Movement Undo(
        MovementHeader header, LotStock stock, Movement movement, IReadOnlyDictionary<string, LocationKind> kinds)
    {
        var entries = movement.Entries.OrderBy(entry => entry.Line).ToList();
        foreach (var entry in entries.Where(entry => kinds[entry.Location].IsReal()))
        {
            if (entry.Quantity > 0)
            {
                stock.Take(entry.Quantity, null, mayDisplace: false, at => at.Location == entry.Location ? 0 : null);
            }
            else
            {
                stock.Put(entry.Location, kinds[entry.Location], -entry.Quantity);
                _hasInflow = true;
            }
        }
        var account = entries.Find(entry => !kinds[entry.Location].IsReal())?.Location;
        return Post(header, stock, entries.Select(entry => (entry.Location, -entry.Quantity)), account);
    }

    /// <summary>
    /// Writes the changes of stock, reservations and demands; the ledger entries follow when the changes are saved.
    /// </summary>
    public async Task Write(CancellationToken ct)
    {
        var stock = _lots.SelectMany(lot => lot.Changes().Select(change => (lot.Lot.Key, change, IsVirtual: false)))
            .Concat(_accounts.Select(pair => (
                pair.Key.Lot, new StockChange(pair.Key.Account, pair.Value, 0), IsVirtual: true))).ToList();
        var reservations = _lots.SelectMany(lot => lot.ReservationChanges().Select(change => (lot.Lot.Key, change))).ToList();
        await writer.Write(stock, ct);
        await writer.Write(reservations, ct);
        await writer.WriteDemands(Demands(reservations), ct);
        await SettleUse(ct);
        if (_hasInflow || reservations.Count > 0 || _issued.Count > 0)
        {
            await Announce(_lots.Select(lot => lot.Lot.Material), ct);
        }
        Forget();
    }

    Movement Post(MovementHeader header, LotStock stock, IEnumerable<(string Location, decimal Quantity)> legs, string? account)
    {
        var id = Guid.CreateVersion7();
        var key = stock.Lot.Key;
        var entries = legs.Select((leg, index) => new LedgerEntry
        {
            MovementId = id, Line = index + 1, Material = key.Material, Lot = key.Number, Location = leg.Location,
            Quantity = leg.Quantity
        }).ToList();
        _lots.Add(stock);
        Note(header, id, key, account, entries[^1].Quantity);
        return db.Movements.Add(new Movement
        {
            Id = id, Kind = header.Kind, SourceKind = header.Source.Kind, SourceId = header.Source.Id,
            LegKind = header.Source.LegKind, Part = header.Source.Part, OrderNumber = header.OrderNumber,
            Operation = header.Operation, InsteadOf = header.InsteadOf?.Material, InsteadRatio = header.InsteadOf?.Ratio,
            Reverses = header.Reverses, Reason = header.Reason, Reference = header.Reference,
            OccurredAt = header.OccurredAt.ToUniversalTime(), PostedAt = clock.GetUtcNow(), Entries = entries
        }).Entity;
    }

    void Note(MovementHeader header, Guid movement, LotKey lot, string? account, decimal quantity)
    {
        if (account is not null)
        {
            _accounts[(lot, account)] = _accounts.GetValueOrDefault((lot, account)) + quantity;
        }
        if (account == Location.Consumption && header.OrderNumber is not null)
        {
            _issued.Add(new Issued(movement, header, lot, quantity));
        }
    }

    /// <summary>What was given back was not needed, what is handed out again is: what is taken by itself changes.</summary>
    async Task SettleUse(CancellationToken ct)
    {
        var byHand = _issued.Where(part => !part.IsFlushed).ToList();
        foreach (var order in await writer.WriteSpared(
            byHand.Select(part => (part.Replaced ?? part.Change, part.Header.Kind)), ct))
        {
            db.Outbox.Add(new ConsumptionDue(order));
        }
    }

    IEnumerable<DemandChange> Demands(IEnumerable<(LotKey Lot, ReservationChange Change)> reservations) => reservations
        .Select(r => new DemandChange(r.Change.OrderNumber, r.Lot.Material, 0, r.Change.Quantity))
        .Concat(_issued.Select(part => part.Change)).Concat(_issued.Select(part => part.Replaced).OfType<DemandChange>());

    /// <summary>
    /// Tells what orders got, and has reservations looked at again where an order still lacks the material. That is read
    /// while the material's lock is shared: who finds a shortage after this commits sees the stock; who found it before is
    /// seen here.
    /// </summary>
    async Task Announce(IEnumerable<string> materials, CancellationToken ct)
    {
        using var results = await db.ReadSeveral(
            """
            SELECT code, unit FROM material WHERE code = ANY (@materials);
            SELECT DISTINCT material FROM component_demand
            WHERE material = ANY (@materials) AND (missing > 0 OR missing <> told_missing OR surplus > 0 OR lacking > 0)
            ORDER BY material
            """, new { materials = materials.Distinct().ToArray() }, ct);
        var units = (await results.ReadAsync<(string Material, string Unit)>())
            .ToDictionary(row => row.Material, row => row.Unit);
        foreach (var part in _issued)
        {
            db.Outbox.Add(new MaterialIssued(part.MovementId, part.Order, part.Lot.Material, part.Lot.Number, part.Quantity,
                units[part.Lot.Material], part.Header.OccurredAt.ToUniversalTime()));
        }
        foreach (var material in await results.ReadAsync<string>())
        {
            db.Outbox.Add(new StockBecameAvailable(material));
        }
    }

    void Forget()
    {
        _lots.Clear();
        _accounts.Clear();
        _issued.Clear();
        _hasInflow = false;
    }
}
