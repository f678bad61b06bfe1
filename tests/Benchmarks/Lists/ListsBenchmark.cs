using System.Diagnostics;
using System.Text.Json;
using Mes.Equipment;
using Mes.Equipment.Data;
using Mes.Inventory;
using Mes.Inventory.Data;
using Mes.Persistence;
using Mes.Quality;
using Mes.Quality.Data;
using Mes.Scheduling;
using Mes.Scheduling.Data;
using Mes.Tests.Support;
using Mes.WorkOrders;
using Mes.WorkOrders.Data;
using Microsoft.AspNetCore.Builder;
using static Mes.Benchmarks.Load;

namespace Mes.Benchmarks.Lists;

/// <summary>
/// The long lists of the web app over HTTP, each with as many rows as years of work leave: page by page, in each order, by each
/// filter, and searched.
/// </summary>
static class ListsBenchmark
{
    const int Times = 20;
    const double BarMs = 200;
    const double LongMs = 2_000;        // what takes so long is asked less often
    const int TimesOfLong = 3;

    public static async Task Run(long rows, string only)
    {
        Console.WriteLine($"\n## Lists of {rows:N0} rows each: {Times} times after a warm-up, bar p95 ≤ {BarMs} ms\n");
        Console.WriteLine("| list | query | p50 ms | p95 ms | PostgreSQL CPU ms | |\n|---|---|---|---|---|---|");
        await Of<WorkOrdersDb>("work-orders", b => b.AddWorkOrders(), a => a.MapWorkOrders(), WorkOrdersLists.Fill,
            WorkOrdersLists.Questions(rows), rows, only);
        await Of<InventoryDb>("inventory", b => b.AddInventory(), a => a.MapInventory(), InventoryLists.Fill,
            InventoryLists.Questions(), rows, only);
        await Of<QualityDb>("quality", b => b.AddQuality(), a => a.MapQuality(), QualityLists.Fill,
            QualityLists.Questions(), rows, only);
        await Of<EquipmentDb>("equipment", b => b.AddEquipment(), a => a.MapEquipment(), EquipmentLists.Fill,
            EquipmentLists.Questions(), rows, only);
        await Of<SchedulingDb>("scheduling", b => b.AddScheduling(), a => a.MapScheduling(), SchedulingLists.Fill,
            SchedulingLists.Questions(rows), rows, only);
    }

    static async Task Of<TDb>(string name, Action<WebApplicationBuilder> add, Action<WebApplication> map, string fill,
        IEnumerable<Question> questions, long rows, string only) where TDb : MesDbContext
    {
        var asked = questions.Where(question => question.List.StartsWith(only, StringComparison.Ordinal)).ToList();
        if (asked.Count == 0) return;
        await using var service = await ServiceHost<TDb>.Start(name, add, map);
        var database = await service.Query<string>("SELECT current_database()::text");
        await Rows.Fill(database, fill, rows);
        foreach (var question in asked)
        {
            await Measure(service.Http, question, database);
        }
    }

    static async Task Measure(HttpClient http, Question question, string database)
    {
        var address = question.Address;
        for (var page = 1; page < question.Pages; page++)
        {
            var root = JsonDocument.Parse(await http.GetStringAsync(address)).RootElement;
            var next = (root.TryGetProperty("ledger", out var ledger) ? ledger : root).GetProperty("next");
            if (next.GetString() is not { } key) return;
            address = $"{question.Address}&after={Uri.EscapeDataString(key)}";
        }
        // over all connections' first statements, until the server's plans are its usual ones
        var first = await Ask(http, address);
        for (var n = 0; n < (first > LongMs ? 1 : 8); n++) await Ask(http, address);
        var (took, before) = (new List<double>(), CpuMs(database));
        for (var n = 0; n < (first > LongMs ? TimesOfLong : Times); n++) took.Add(await Ask(http, address));
        var (p95, cpuMs) = (Quantile(took, 0.95), (CpuMs(database) - before) / took.Count);
        var text = question.Text.Length > 130 ? question.Text[..130] + "…" : question.Text;
        Console.WriteLine($"| {question.List} | {text} | {Text(Quantile(took, 0.5))} | {Text(p95)} "
            + $"| {Text(cpuMs)} | {(p95 > BarMs ? "**over**" : "")} |");
    }

    // what the answers cost the server, however busy the machine is with others
    static double CpuMs(string database) => ProcessTimes.All()
        .Where(process => process.Command.Contains($"_app {database} ", StringComparison.Ordinal)).Sum(process => process.Ms);

    static async Task<double> Ask(HttpClient http, string address)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await http.GetAsync(address);
        var body = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {body}");
    }
}
