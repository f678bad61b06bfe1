using Mes.Demo.Plant;

namespace Mes.Demo.History;

/// <summary>What is in stock, first in, first out.</summary>
sealed class Stores
{
    const string Missing = "DRAWBAR-E40";

    // Of the nuts somebody took these without a word: the ledger will find out
    const string Miscounted = "NUT-40";
    const int TakenWithoutWord = 8;

    readonly Dictionary<string, Queue<(string Lot, decimal Left)>> _lots = [];

    /// <summary>The lots that were received, by material and time.</summary>
    public IReadOnlyList<Receipt> Receipts { get; }

    /// <param name="orders">What will be made: so much is bought, but for one part.</param>
    /// <param name="dice">What lots are drawn from.</param>
    /// <param name="from">When the floor begins.</param>
    public Stores(IReadOnlyList<Order> orders, Random dice, DateTimeOffset from) =>
        Receipts = [.. Products.Materials.SelectMany(material => Receive(material, NeedOf(material.Code, orders), dice, from))];

    /// <summary>Takes the oldest there is.</summary>
    public IReadOnlyList<Used> Take(Component component, int pieces)
    {
        var used = new List<Used>();
        var lots = _lots[component.Material];
        for (var open = component.PerPiece * pieces; open > 0 && lots.TryPeek(out var lot);)
        {
            var taken = Math.Min(open, lot.Left);
            used.Add(new(component.Material, lot.Lot, taken, component.Unit));
            open -= taken;
            lots.Dequeue();
            if (lot.Left > taken) _lots[component.Material] = new([(lot.Lot, lot.Left - taken), .. lots]);
            lots = _lots[component.Material];
        }
        return used;
    }

    IEnumerable<Receipt> Receive(Material material, decimal need, Random dice, DateTimeOffset from)
    {
        const int lots = 4;
        var each = Math.Ceiling(Math.Max(need, 40) * 1.12m / lots);
        for (var index = 1; index <= (material.Code == Missing ? 0 : lots); index++)
        {
            var lot = $"{material.Code}-{2600 + dice.Next(10, 99)}{index}";
            var isMiscounted = material.Code == Miscounted && index == 1;
            Lots(material.Code).Enqueue((lot, isMiscounted ? each + TakenWithoutWord : each));
            yield return new(material, lot, each, from.AddHours(-30 + (index * 6) + dice.Between(0, 3)));
        }
        Lots(material.Code);
    }

    Queue<(string Lot, decimal Left)> Lots(string material) =>
        _lots.TryGetValue(material, out var lots) ? lots : _lots[material] = [];

    static decimal NeedOf(string material, IReadOnlyList<Order> orders) => orders
        .Sum(order => order.Product.Parts.Append(order.Product.Bar)
            .Where(component => component.Material == material).Sum(component => component.PerPiece * order.Begun));
}
