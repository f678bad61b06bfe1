using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Mes.Tests.Support;

namespace Mes.Faults.Tests.Load;

/// <summary>An operation of one of the plant's orders.</summary>
public sealed record PlantOperation(Guid Id, PlantOrder Order, int Step, bool IsReceipt);

/// <summary>One of the plant's orders.</summary>
public sealed record PlantOrder(Guid Id, string Number, string Lot)
{
    public List<PlantOperation> Operations { get; } = [];
}

/// <summary>How large a plant is at its beginning.</summary>
public sealed record PlantSize(int MachinesPerStep = 2, int Orders = 4);

/// <summary>
/// Master data of one scenario under names of its own, so that scenarios on one installation do not meet: machines, a
/// product with a routing of three operations, its blanks in lots, operators who are signed on.
/// </summary>
public sealed class Plant
{
    public const string Unit = "pcs";
    const int Steps = 3;
    const int Operators = 4;
    const int LotsMax = 4;
    static readonly TimeSpan SlotLength = TimeSpan.FromMinutes(10);

    readonly ConcurrentDictionary<string, int> _slots = new();
    readonly ConcurrentDictionary<(Guid Operation, string Machine, Guid SignOn), bool> _lanes = new();
    readonly Dictionary<string, PlantOrder> _known = [];

    readonly PlantSize _size;

    Plant(string name, PlantSize size)
    {
        (Name, _size) = (name, size);
        Lots = [.. Enumerable.Range(1, LotsMax).Select(n => $"{Name}-L{n}")];
        Machines = [.. Enumerable.Range(0, Steps * size.MachinesPerStep).Select(n => $"{Name}-M{n + 1}")];
    }

    public string Name { get; }
    public string Product => Name + "-P";
    public string Blank => Name + "-B";
    public string Routing => Name + "-R";
    public IReadOnlyList<string> Lots { get; }
    public IReadOnlyList<string> Machines { get; }
    public IReadOnlyList<Guid> SignOns { get; private set; } = [];
    public IReadOnlyList<PlantOrder> Orders { get; private set; } = [];
    public DateTimeOffset Begin { get; } = TimeProvider.System.GetUtcNow().AddDays(-40);

    /// <summary>Pieces of each lot of blanks at the start: more than all reports and issues of a scenario take.</summary>
    public const decimal LotQuantity = 1_000_000;

    public static async Task<Plant> Build(MesApi api, string name, PlantSize? size = null)
    {
        var plant = new Plant(name, size ?? new PlantSize());
        foreach (var machine in plant.Machines)
        {
            await api.Do(HttpMethod.Put, "equipment/units/" + machine,
                new { name = machine, workCenter = name + "-WC", kind = "Production" });
        }
        await api.Define("work-orders/products", new { code = plant.Product, name = plant.Product, unit = Unit });
        await api.Do(HttpMethod.Put, "inventory/materials/" + plant.Blank, new { name = plant.Blank, unit = Unit });
        foreach (var lot in plant.Lots)
        {
            await api.Do(HttpMethod.Post, "inventory/receipts",
                new { material = plant.Blank, quantity = LotQuantity, unit = Unit, location = "RECEIVING", lot });
        }
        await api.Define("work-orders/routings", plant.DefineRouting());
        await plant.SignOn(api);
        foreach (var number in Enumerable.Range(1, plant._size.Orders))
        {
            var order = string.Create(CultureInfo.InvariantCulture, $"{name}-O{number}");
            plant.Know((await api.Do(HttpMethod.Put, $"erp/orders/{order}", plant.Order))!);
        }
        return plant;
    }

    public object Order => new { routing = Routing, quantity = 1000, release = true };

    /// <summary>Takes up an order that was acknowledged.</summary>
    public void Know(JsonNode answer)
    {
        var order = new PlantOrder((Guid)answer["id"]!, (string)answer["order"]!, (string)answer["lot"]!);
        order.Operations.AddRange(answer["operations"]!.AsArray().Select((operation, step) =>
            new PlantOperation((Guid)operation!["id"]!, order, step, (bool)operation["isReceipt"]!)));
        lock (_known)
        {
            _known[order.Number] = order;
            Orders = [.. _known.Values];
        }
    }

    public string Machine(int step, Random random) =>
        Machines[(step * _size.MachinesPerStep) + random.Next(_size.MachinesPerStep)];

    /// <summary>The next stretch of time on a machine.</summary>
    public DateTimeOffset NextStart(string machine) => Begin + (SlotLength * _slots.AddOrUpdate(machine, 0, (_, n) => n + 1));

    /// <summary>Whether nobody was told yet to work as this operator on this operation at this machine.</summary>
    public bool TakeLane(PlantOperation operation, string machine, Guid signOn) =>
        _lanes.TryAdd((operation.Id, machine, signOn), true);

    async Task<bool> CanWork(MesApi api, string code) => (await api.Send(HttpMethod.Put, $"work-orders/operators/{code}/skills",
        new { skills = Machines }, Guid.NewGuid())).IsAcknowledged;

    async Task SignOn(MesApi api)
    {
        var signOns = new List<Guid>();
        foreach (var number in Enumerable.Range(1, Operators))
        {
            var code = $"{Name}-W{number}";
            await api.Do(HttpMethod.Put, "identity/people/" + code, new { name = code, roles = new[] { "operator" } });
            await Poll.Until(() => CanWork(api, code), TimeSpan.FromMinutes(1), $"{code} is an operator");
            var made = await api.Do(HttpMethod.Post, "work-orders/sign-ons",
                new { @operator = code, station = Name, at = Begin.AddDays(-1) });
            signOns.Add((Guid)made!["id"]!);
        }
        SignOns = signOns;
    }

    object DefineRouting() => new
    {
        code = Routing, revision = "1", product = Product,
        steps = Enumerable.Range(0, Steps).Select(step => new
        {
            code = $"S{step + 1}",
            equipment = Machines.Skip(step * _size.MachinesPerStep).Take(_size.MachinesPerStep), setupSeconds = 60,
            runSecondsPerUnit = 30, isReceipt = step == Steps - 1
        }),
        policies = new
        {
            sequence = "Warn", overQuantity = "Warn", qualification = "Warn", material = "Off",
            overQuantityTolerancePercent = 0, completesByQuantity = false
        }
    };
}
