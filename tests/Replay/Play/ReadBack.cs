namespace Mes.Replay.Play;

/// <summary>
/// What the services show at one moment. <c>Checks</c> set what a second service keeps of the same facts against the
/// truth as well.
/// </summary>
sealed record Snapshot(ReplayFigures Figures, IReadOnlyList<FigureComparison> Checks);

/// <summary>Reads the figures of a replay from every service, by the public API.</summary>
/// <param name="mes">Reads.</param>
/// <param name="plan">What was played.</param>
/// <param name="truth">What the checks must come to; its quirks, of which no service knows, are taken over.</param>
sealed class ReadBack(MesClient mes, ReplayPlan plan, ReplayFigures truth)
{
    readonly HashSet<string> _parts = [.. plan.Master.Parts.Select(part => Codes.Clean(part))];
    readonly HashSet<Guid> _confirmed = [];
    string _position = "";

    public async Task<Snapshot> Read(CancellationToken ct)
    {
        var work = new List<WorkSummary>();
        var units = new List<UnitSummary>();
        foreach (var window in plan.Windows)
        {
            work.Add(await mes.Get<WorkSummary>($"work-orders/summary?{window}", ct));
            units.AddRange(await mes.All<UnitSummary>($"equipment/summary?{window}", ct));
        }

        // What is played is reported now, whenever it was done
        var year = $"from={TimeProvider.System.GetUtcNow().AddDays(-365).UtcDateTime:O}";
        var quality = await mes.Get<NonconformanceSummary>($"quality/nonconformances/summary?{year}", ct);
        var receipts = await mes.Get<ReceiptSummary>($"inventory/production-receipts/summary?{year}", ct);
        await ReadConfirmations(ct);
        var figures = new ReplayFigures
        {
            Good = Plain(work.Sum(sums => sums.Good)),
            Rejected = Plain(work.Sum(sums => sums.Scrap)),
            Nonconforming = Plain(work.Sum(sums => sums.Nonconforming)),
            Nonconformances = quality.Count,
            ReworkReports = work.Sum(sums => sums.ReworkReports),
            Reports = work.Sum(sums => sums.Reports),
            LabourMinutes = Plain(new ActivityMinutes(
                work.Sum(sums => sums.LabourMinutes.Run), work.Sum(sums => sums.LabourMinutes.Setup),
                work.Sum(sums => sums.LabourMinutes.Breakdown))),
            EquipmentMinutes = Plain(new ActivityMinutes(
                units.Sum(unit => unit.RunMinutes), units.Sum(unit => unit.SetupMinutes),
                units.Sum(unit => unit.BreakdownMinutes))),
            Received = Plain(receipts.Pieces),
            ReceiptReports = receipts.Receipts,
            OrdersComplete = await CountOrders("Completed", ct),
            OrdersClosedShort = await CountOrders("ClosedShort", ct),
            Confirmations = _confirmed.Count,
            PerEquipment = PerEquipment(units),
            Discrepancies = Kinds(work[^1].Discrepancies),
            Quirks = truth.Quirks,
        };
        return new Snapshot(figures,
        [
            new("good, counted by Equipment", units.Sum(unit => unit.Good), truth.Good),
            new("nonconforming, kept by Quality", quality.Quantity, truth.Nonconforming),
            new("received, on hand in Inventory", await ReadStock(ct), truth.Received),
        ]);
    }

    async Task<decimal> ReadStock(CancellationToken ct) => (await mes.All<StockItem>("inventory/stock?", ct))
        .Where(item => _parts.Contains(item.Material)).Sum(item => item.OnHand);

    async Task<int> CountOrders(string status, CancellationToken ct) =>
        (await mes.All<Order>($"work-orders/orders?status={status}", ct)).Count;

    // The feed's positions only grow: what was read is not read again.
    async Task ReadConfirmations(CancellationToken ct)
    {
        ConfirmationPage page;
        do
        {
            page = await mes.Get<ConfirmationPage>(
                $"erp/confirmations?size={MesClient.PageItems}{MesClient.After(_position)}", ct);
            _confirmed.UnionWith(page.Items.Where(item => item.Reverses is null).Select(item => item.Key));
            _position = page.Cursor;
        }
        while (page.Next is not null);
    }

    SortedDictionary<string, EquipmentFigures> PerEquipment(IReadOnlyList<UnitSummary> units)
    {
        var figures = new SortedDictionary<string, EquipmentFigures>(StringComparer.Ordinal);
        foreach (var unit in units.GroupBy(unit => (unit.Equipment, unit.Name)))
            figures[plan.EquipmentNames.GetValueOrDefault(unit.Key.Equipment, unit.Key.Name)] =
                new EquipmentFigures(
                    Plain(unit.Sum(sums => sums.RunMinutes)), Plain(unit.Sum(sums => sums.SetupMinutes)),
                    Plain(unit.Sum(sums => sums.BreakdownMinutes)), Plain(unit.Sum(sums => sums.Good)));
        return figures;
    }

    static ActivityMinutes Plain(ActivityMinutes minutes) =>
        new(Plain(minutes.Run), Plain(minutes.Setup), Plain(minutes.Breakdown));

    // Without the zeros at the end that a database adds; 10⁻⁹ minutes are 60 ns.
    static decimal Plain(decimal figure) => decimal.Round(figure, 9) / 1.0000000000000000000000000000m;

    // A kind of which there is none is not named by the server.
    static SortedDictionary<string, int> Kinds(IReadOnlyDictionary<string, int> recorded)
    {
        var kinds = new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            [Discrepancies.Sequence] = 0,
            [Discrepancies.OverQuantity] = 0,
            [Discrepancies.EquipmentDown] = 0,
        };
        foreach (var (kind, count) in recorded)
            kinds[kind] = count;
        return kinds;
    }

    sealed record WorkSummary(
        int Reports, decimal Good, decimal Scrap, decimal Nonconforming, int ReworkReports, ActivityMinutes LabourMinutes,
        IReadOnlyDictionary<string, int> Discrepancies);

    sealed record UnitSummary(
        string Equipment, string Name, decimal RunMinutes, decimal SetupMinutes, decimal BreakdownMinutes, decimal Good);

    sealed record NonconformanceSummary(int Count, decimal Quantity);

    sealed record ReceiptSummary(decimal Pieces, int Receipts);

    sealed record Order(Guid Id);

    sealed record StockItem(string Material, decimal OnHand);

    sealed record ConfirmationPage(IReadOnlyList<Confirmation> Items, string? Next, string Cursor);

    sealed record Confirmation(Guid Key, Guid? Reverses);
}
