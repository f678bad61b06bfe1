using System.Text.Json.Nodes;
using Dapper;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;

namespace Mes.Faults.Tests.Audit;

/// <summary>Reports in every service that counts them: I1, I2, I5, I9, and the labour and nonconformances that follow.</summary>
sealed class ProductionAudit(Edition edition, Model model, Findings findings)
{
    const decimal MinutesTolerance = 0.01m;

    public async Task Check(Baseline before)
    {
        await findings.Try("I1", "operations", CheckOperations);
        await findings.Try("I2", "pieces in Equipment", CheckEquipment);
        await findings.Try("I2", "receipts", CheckReceipts);
        await findings.Try("I5", "confirmations", CheckConfirmations);
        await findings.Try("I1", "sums", () => CheckSums(before));
        await findings.Try("I1", "states", CheckStates);
        await findings.Try("I9", "figures recomputed", CheckFigures);
    }

    async Task CheckFigures()
    {
        var verdict = await edition.Api.Get("equipment/oee/verdict");
        findings.Equal("I9", $"figures recomputed {verdict["mismatches"]}", (true, 0),
            ((bool)verdict["isConsistent"]!, (int)verdict["figuresPending"]!));
    }

    async Task CheckOperations()
    {
        var reports = model.Reports.ToLookup(report => report.Effect.Operation.Id, report => report.Id);
        var operationOf = model.Reports.ToDictionary(report => report.Id, report => report.Effect.Operation.Id);
        var undos = model.Undos.ToLookup(undo => operationOf.GetValueOrDefault(undo.Report), undo => undo.Id);
        foreach (var order in model.Plant.Orders)
        {
            var shown = await edition.Api.Get($"work-orders/orders/{order.Id}");
            foreach (var operation in shown["operations"]!.AsArray().Select(row => row!))
            {
                var id = (Guid)operation["id"]!;
                var found = await edition.Api.GetAll($"work-orders/operations/{id}/reports");
                findings.Same("I1", $"reports of {order.Number} {operation["code"]}", reports[id].Concat(undos[id]),
                    found.Select(row => (Guid)row["id"]!));
                findings.Equal("I1", $"sums of {order.Number} {operation["code"]}", model.OfOperation(id), PiecesOf(operation));
            }
        }
    }

    async Task CheckEquipment()
    {
        var units = (await edition.Api.GetAll($"equipment/summary?{MesApi.Year}"))
            .ToDictionary(unit => (string)unit["equipment"]!);
        foreach (var machine in model.Plant.Machines)
        {
            findings.Equal("I2", $"pieces of {machine} in Equipment", model.OfMachine(machine), PiecesOf(units[machine]));
        }
        await using var database = await edition.Open("equipment");
        findings.Same("I1", "downtimes", model.Stops.Select(stop => stop.Id), await database.QueryAsync<Guid>(
            "SELECT id FROM downtime WHERE equipment = ANY (@machines)", new { machines = model.Plant.Machines.ToArray() }));
    }

    async Task CheckReceipts()
    {
        foreach (var order in model.Plant.Orders)
        {
            var received = await edition.Api.Get($"inventory/production-receipts/summary?order={order.Number}&{MesApi.Year}");
            findings.Equal("I2", $"receipts of {order.Number} in Inventory", model.ReceivedOf(order.Number),
                (decimal)received["pieces"]!);
        }
    }

    async Task CheckConfirmations()
    {
        var orders = model.Plant.Orders.Select(order => order.Number).ToHashSet();
        var feed = await Feed();
        findings.Same("I5", "confirmations",
            model.Reports.Select(report => report.Id).Concat(model.Undos.Select(undo => undo.Id)),
            feed.Where(item => orders.Contains((string)item["order"]!)).Select(item => (Guid)item["key"]!));
        findings.Equal("I5", "positions of the feed without a gap", feed.Count,
            feed.Count == 0 ? 0 : (int)feed.Max(item => (long)item["position"]!));
    }

    Task<List<JsonNode>> Feed() => edition.Api.GetAll("erp/confirmations");

    async Task CheckSums(Baseline before)
    {
        var work = await edition.Api.Get($"work-orders/summary?{MesApi.Year}");
        CheckLabour("run", model.LabourMinutes(isSetup: false));
        CheckLabour("setup", model.LabourMinutes(isSetup: true));
        CheckLabour("breakdown", 0);        // the stops name no operator
        findings.Equal("I1", "number of reports", model.Standing.Count, (int)work["reports"]! - (int)before.Work["reports"]!);

        var quality = await edition.Api.Get($"quality/nonconformances/summary?{MesApi.Year}");
        var nonconforming = model.Standing.Where(report => report.Nonconforming > 0).ToList();
        findings.Equal("I2", "nonconformances in Quality",
            (nonconforming.Count, nonconforming.Sum(report => report.Nonconforming)),
            ((int)quality["count"]! - (int)before.Quality["count"]!,
                (decimal)quality["quantity"]! - (decimal)before.Quality["quantity"]!));

        void CheckLabour(string activity, decimal expected)
        {
            var actual = (decimal)work["labourMinutes"]![activity]! - (decimal)before.Work["labourMinutes"]![activity]!;
            findings.Equal("I1", $"labour {activity}", expected,
                Math.Abs(actual - expected) < MinutesTolerance ? expected : actual);
        }
    }

    /// <summary>States, of which the newest wins, are the same where they are owned and where they are copied.</summary>
    async Task CheckStates()
    {
        var numbers = model.Plant.Orders.Select(order => order.Number).ToArray();
        await using var owner = await edition.Open("workorders");
        await using var copy = await edition.Open("inventory");
        const string Sql = "SELECT number, version, status FROM work_order WHERE number = ANY (@numbers) ORDER BY number";
        findings.Same("I1", "orders as Inventory knows them",
            await owner.QueryAsync<(string, long, string)>(Sql, new { numbers }),
            await copy.QueryAsync<(string, long, string)>(Sql, new { numbers }));
    }

    static Pieces PiecesOf(JsonNode row) =>
        new((decimal)row["good"]!, (decimal)row["scrap"]!, (decimal)row["nonconforming"]!);
}
