using System.Globalization;
using Mes.Benchmarks;
using Mes.Benchmarks.Lists;
using Mes.Tests.Support;

// Usage: dotnet run -c Release --project tests/Benchmarks --
//        [report|outbox|gateway|system|backlog|planning|lists|terminal|board|all]
//        [--seconds 5] [--pairs 5] [--rows 10000] [--system-seconds 60] [--warm-up 5] [--list-rows 1000000] [--list /api/…]
var what = args.FirstOrDefault(arg => !arg.StartsWith('-') && !int.TryParse(arg, out _)) ?? "all";
if (what is not ("report" or "outbox" or "gateway" or "system" or "backlog" or "planning" or "lists" or "terminal" or "board"
    or "all"))
{
    await Console.Error.WriteLineAsync($"No benchmark is named '{what}'. Known: report, outbox, gateway, system, "
        + "backlog, planning, lists, terminal, board, all.");
    return 2;
}
var options = new BenchmarkOptions(TimeSpan.FromSeconds(Number("--seconds", 5)), Number("--pairs", 5));

await using var postgres = await PostgresServer.StartAsync(durable: true);
// all databases on this server
Environment.SetEnvironmentVariable(PostgresServer.Variable, postgres.AdminConnectionString);
CpuTime.PostgresId = postgres.ProcessId;
Console.WriteLine($"{options.Pairs} pairs of {options.Length.TotalSeconds} s, {Environment.ProcessorCount} cores, "
    + $"PostgreSQL with fsync. Load average before: {Load.Average()}.");
if (what is "report" or "all")
{
    await ReportBenchmark.Run(options);
}
if (what is "outbox" or "all")
{
    await OutboxBenchmark.Run(options);
}
if (what is "gateway" or "all")
{
    await GatewayBenchmark.Run(options);
}
if (what is "system" or "all")
{
    await SystemBenchmark.Run(
        TimeSpan.FromSeconds(Number("--system-seconds", 60)), TimeSpan.FromSeconds(Number("--warm-up", 5)));
}
if (what is "backlog" or "all")
{
    await BacklogBenchmark.Run(Number("--rows", 10_000));
}
if (what is "planning" or "all")
{
    await PlanningBenchmark.Run();
}
if (what is "lists")      // by its name alone: to fill the tables takes minutes
{
    await ListsBenchmark.Run(Number("--list-rows", 1_000_000), Given("--list") ?? "");
}
if (what is "terminal")   // by its name alone: it needs a browser
{
    await TerminalBenchmark.Run();
}
if (what is "board")      // like that
{
    await BoardBenchmark.Run();
}
Console.WriteLine($"\nLoad average after: {Load.Average()}.");
return 0;

int Number(string name, int otherwise) =>
    Given(name) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;

string? Given(string name)
{
    var at = Array.IndexOf(args, name);
    return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
}
