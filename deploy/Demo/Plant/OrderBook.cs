namespace Mes.Demo.Plant;

/// <summary>What becomes of an order; for a short one there are fewer bars than ordered pieces.</summary>
enum Fate { Floor, Short, OnHold, Planned, Cancelled }

/// <summary>An order as the ERP sends it.</summary>
/// <param name="Number">Number.</param>
/// <param name="Product">What is made.</param>
/// <param name="Quantity">Pieces.</param>
/// <param name="Priority">0, or 100 for a rush order.</param>
/// <param name="ReleaseAt">Earliest start.</param>
/// <param name="DueAt">Due date.</param>
/// <param name="Fate">What becomes of it.</param>
sealed record Order(
    string Number, Product Product, int Quantity, int Priority, DateTimeOffset ReleaseAt, DateTimeOffset DueAt, Fate Fate)
{
    const int Lacking = 6;

    /// <summary>Pieces that are begun: some are lost on the way.</summary>
    public int Begun => Fate == Fate.Short ? Quantity - Lacking : BegunFor(Quantity);

    /// <summary>Pieces that are begun for so many.</summary>
    public static int BegunFor(int quantity) => (int)Math.Ceiling(quantity * 1.08) + 1;

    /// <summary>As the API takes it.</summary>
    public object Body(bool release) => new
    {
        routing = Product.Code, revision = Products.Revision, quantity = Quantity, priority = Priority, releaseAt = ReleaseAt,
        dueAt = DueAt, release,
    };
}

/// <summary>The orders that a demo begins with.</summary>
static class OrderBook
{
    /// <summary>What every number begins with.</summary>
    public const string Prefix = "WO-";

    /// <summary>How many orders a demo begins with, and how many it keeps open.</summary>
    public const int Count = 40;

    const int FirstNumber = 1001;
    const int Planned = 6;
    const int Cancelled = 2;
    const int RushPriority = 100;
    const double RushLead = 0.7;
    const double RushProbability = 0.08;
    static readonly TimeSpan Lead = TimeSpan.FromHours(140);
    static readonly TimeSpan Interval = TimeSpan.FromHours(5.2);

    // Once, or short of draw bars, as they come by number
    static readonly string[] Sequence =
        ["BS-2005", "SP-40", "BS-2510", "SP-30", "BS-4010", "SP-A63", "BS-1605", "SP-40", "BS-2005", "SP-30"];

    static readonly int[] Rush = [17, 29];
    static readonly int[] OnHold = [21, 25];
    static readonly int[] Short = [1];
    static readonly int[] OfShortParts = [30, 31];

    /// <summary>By number.</summary>
    /// <param name="seed">What quantities and dates are drawn from.</param>
    /// <param name="from">When the floor begins.</param>
    /// <param name="now">When the demo begins.</param>
    public static IReadOnlyList<Order> Of(Seed seed, DateTimeOffset from, DateTimeOffset now)
    {
        var dice = seed.Dice("orders");
        return [.. Enumerable.Range(0, Count).Select(index => Make(index, dice, from, now))];
    }

    /// <summary>An order that arrives later.</summary>
    /// <param name="number">Its number, after the prefix.</param>
    /// <param name="dice">What quantity and date are drawn from.</param>
    /// <param name="now">When it arrives.</param>
    /// <param name="speed">How many times as fast the plant is: so much sooner it is due.</param>
    public static Order Arriving(int number, Random dice, DateTimeOffset now, double speed) => Make(
        dice, $"{Prefix}{number}", Products.Of(Sequence[number % Sequence.Length]), dice.Happens(RushProbability), now,
        Fate.Planned, Lead / speed);

    static Order Make(int index, Random dice, DateTimeOffset from, DateTimeOffset now)
    {
        var fate = index >= Count - Cancelled ? Fate.Cancelled
            : index >= Count - Cancelled - Planned ? Fate.Planned
            : OnHold.Contains(index) ? Fate.OnHold : Short.Contains(index) ? Fate.Short : Fate.Floor;
        var product = OfShortParts.Contains(index) ? "SP-E40" : Sequence[index % Sequence.Length];
        var releaseAt = fate == Fate.Planned
            ? now.AddHours(20 + (index % Planned * 9))
            : from + (Interval * Math.Max(0, index - 2));
        return Make(dice, $"{Prefix}{FirstNumber + index}", Products.Of(product), Rush.Contains(index),
            releaseAt < now || fate == Fate.Planned ? releaseAt : now.AddHours(-3), fate, Lead);
    }

    static Order Make(
        Random dice, string number, Product product, bool isRush, DateTimeOffset releaseAt, Fate fate, TimeSpan lead) => new(
        number, product, dice.Next(7, 15) * 10, isRush ? RushPriority : 0, OnTheHour(releaseAt),
        OnTheHour(releaseAt + (lead * (isRush ? RushLead : dice.Between(1, 1.8)))), fate);

    static DateTimeOffset OnTheHour(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerHour), time.Offset);
}
