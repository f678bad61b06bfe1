using System.Globalization;

namespace Mes.Faults.Tests.Load;

/// <summary>Makes up commands for a plant.</summary>
sealed class CommandWriter(Plant plant, Random random)
{
    const int LaneTries = 5;

    public Command Report()
    {
        var operation = Pick(Pick(plant.Orders).Operations);
        var machine = plant.Machine(operation.Step, random);
        var minutes = random.Next(0, 16);
        var isSetup = random.Next(6) == 0;
        var effect = new Reported(operation, machine, isSetup, minutes, isSetup ? 0 : random.Next(0, 6), random.Next(0, 3),
            random.Next(8) == 0 ? random.Next(1, 3) : 0, operation.Step == 0 ? random.Next(0, 4) : 0);
        return Report(effect, plant.NextStart(machine));
    }

    public Command Report(Reported work, DateTimeOffset startedAt) => new(
        Guid.NewGuid(), CommandKind.Report, $"work-orders/operations/{work.Operation.Id}/reports", new
        {
            signOnId = Pick(plant.SignOns), equipment = work.Equipment, activity = work.IsSetup ? "Setup" : "Run", startedAt,
            endedAt = startedAt.AddMinutes((double)work.Minutes), good = work.Good, scrap = work.Scrap,
            nonconforming = work.Nonconforming, consumed = Consumed(work.Consumed)
        }, work);

    /// <summary>Work that nobody else is at, or null where each operator was everywhere already.</summary>
    public WorkLane? Work()
    {
        for (var tries = 0; tries < LaneTries; tries++)
        {
            var operation = Pick(Pick(plant.Orders).Operations);
            var (machine, signOn) = (plant.Machine(operation.Step, random), Pick(plant.SignOns));
            if (plant.TakeLane(operation, machine, signOn)) return new WorkLane(operation, machine, signOn, random);
        }
        return null;
    }

    public Command Undo(Guid report) => new(Guid.NewGuid(), CommandKind.Undo, $"work-orders/reports/{report}/undo",
        new { reason = "entered by mistake" }, new Undone(report));

    public Command Downtime()
    {
        var machine = Pick(plant.Machines);
        var minutes = random.Next(1, 10);
        var startedAt = plant.NextStart(machine);
        return new Command(Guid.NewGuid(), CommandKind.Downtime, $"equipment/units/{machine}/downtimes",
            new { startedAt, endedAt = startedAt.AddMinutes(minutes) }, new Stopped(machine, minutes));
    }

    public Command Receipt()
    {
        var moved = new Moved(Pick(plant.Lots), random.Next(1, 50), null);
        return new Command(Guid.NewGuid(), CommandKind.Receipt, "inventory/receipts", new
        {
            material = plant.Blank, quantity = moved.Quantity, unit = Plant.Unit, location = "RECEIVING", lot = moved.Lot
        }, moved);
    }

    public Command Issue()
    {
        var moved = new Moved(Pick(plant.Lots), random.Next(1, 20), Pick(plant.Orders).Number);
        return new Command(Guid.NewGuid(), CommandKind.Issue, "inventory/issues", new
        {
            order = moved.Order, material = plant.Blank, quantity = moved.Quantity, unit = Plant.Unit, lot = moved.Lot
        }, moved);
    }

    public Command Hold()
    {
        var lot = Pick(plant.Lots);
        return new Command(Guid.NewGuid(), CommandKind.Hold, "quality/holds",
            new { reason = "to be looked at", material = plant.Blank, lot }, new Held(lot));
    }

    public Command Release(Guid command, Guid hold) => new(Guid.NewGuid(), CommandKind.Release,
        $"quality/holds/{hold}/release", new { reason = "looked at" }, new Released(command));

    public Command CreateOrder(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{plant.Name}-N{number}");
        return new Command(Guid.NewGuid(), CommandKind.CreateOrder, $"erp/orders/{name}", plant.Order, new Ordered(name));
    }

    public Command CloseOrder()
    {
        var number = Pick(plant.Orders).Number;
        return new Command(Guid.NewGuid(), CommandKind.CloseOrder, $"erp/orders/{number}/close",
            new { reason = "no longer needed" }, new Closed(number));
    }

    object[] Consumed(decimal quantity) => quantity == 0 ? []
        : [new { material = plant.Blank, lot = plant.Lots[0], quantity, unit = Plant.Unit }];

    T Pick<T>(IReadOnlyList<T> list) => list[random.Next(list.Count)];
}
