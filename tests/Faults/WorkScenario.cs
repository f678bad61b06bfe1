using System.Text.Json.Nodes;
using Mes.Faults.Tests.Editions;
using Mes.Faults.Tests.Load;
using Mes.Tests.Support;
using Shouldly;

namespace Mes.Faults.Tests;

/// <summary>
/// Operators begin, pause, go on, report and finish while something happens to the installation. Each command is sent until it is
/// answered, some of them often. In the end each minute of work was reported once, and none that rested.
/// </summary>
sealed class WorkScenario(Edition edition, Plant plant, int seed)
{
    const int RoundsMax = 12;
    const double RepeatShare = 0.2;
    static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(500);
    static readonly TimeSpan Bound = TimeSpan.FromMinutes(3);
    static readonly DateTimeOffset Begin = TimeProvider.System.GetUtcNow().AddHours(-6);
    int _answered;

    public static async Task Run(Edition edition, string name, int seed, Func<Task> fault, Action<string> say)
    {
        var scenario = new WorkScenario(edition, await Plant.Build(edition.Api, name), seed);
        var lanes = scenario.Lanes().ToList();
        var work = Task.WhenAll(lanes.Select(scenario.Play));
        for (var faults = 1; faults <= 2; faults++)
        {
            var wanted = lanes.Sum(lane => lane.Commands.Count) * faults / 3;
            await Poll.Until(() => Volatile.Read(ref scenario._answered) >= wanted, Bound, $"{wanted} commands are answered");
            await fault();
        }
        await work.WaitAsync(Bound);
        say($"{lanes.Sum(lane => lane.Commands.Count)} commands on {lanes.Count} operations, "
            + $"{lanes.Sum(lane => lane.Run + lane.Setup):F0} minutes of work");
        foreach (var lane in lanes) await scenario.Check(lane);
        await scenario.CheckEquipment(lanes);
    }

    /// <summary>What is done on one operation by one operator, in this order.</summary>
    sealed record Lane(PlantOperation Operation, string Machine, List<(Guid Id, string Path, object Body)> Commands)
    {
        public decimal Setup { get; set; }
        public decimal Run { get; set; }
        public decimal Good { get; set; }

        public void Add(Guid id, string path, object body) => Commands.Add((id, path, body));
    }

    IEnumerable<Lane> Lanes()
    {
        var number = 0;
        foreach (var operation in plant.Orders.SelectMany(order => order.Operations))
        {
            var random = new Random(seed + number);
            var lane = new Lane(operation, plant.Machine(operation.Step, random), []);
            Write(lane, plant.SignOns[number++ % plant.SignOns.Count], random);
            yield return lane;
        }
    }

    /// <summary>Setup, then a run with pauses and reports; what that comes to is noted beside it.</summary>
    static void Write(Lane lane, Guid signOn, Random random)
    {
        var at = Begin.AddMinutes(random.Next(30));
        Guid Start(string activity)
        {
            var id = Guid.NewGuid();
            lane.Add(id, $"operations/{lane.Operation.Id}/work",
                new { signOnId = signOn, equipment = lane.Machine, activity, at });
            return id;
        }

        Start("Setup");
        lane.Setup = Pass();
        var work = Start("Run");
        for (var rounds = random.Next(4, RoundsMax); rounds > 0; rounds--)
        {
            lane.Run += Pass();
            if (random.Next(3) > 0)
            {
                var good = random.Next(1, 5);
                lane.Add(Guid.NewGuid(), $"operations/{lane.Operation.Id}/reports", new { workId = work, endedAt = at, good });
                lane.Good += good;
                continue;
            }
            lane.Add(Guid.NewGuid(), $"work/{work}/pause", new { reason = "break", at });
            Pass();
            lane.Add(Guid.NewGuid(), $"work/{work}/resume", new { at });
        }
        lane.Run += Pass();
        lane.Add(Guid.NewGuid(), $"work/{work}/finish", new { at });

        decimal Pass()
        {
            var minutes = random.Next(1, 9);
            at = at.AddMinutes(minutes);
            return minutes;
        }
    }

    async Task Play(Lane lane)
    {
        var random = new Random(seed + lane.Operation.Id.GetHashCode());
        foreach (var (id, path, body) in lane.Commands)
        {
            var times = random.NextDouble() < RepeatShare ? random.Next(2, 4) : 1;
            var answers = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => UntilAnswered(id, path, body)));
            answers.Distinct().Count().ShouldBe(1, $"{path}: {string.Join(" / ", answers)}");
            Interlocked.Increment(ref _answered);
        }
    }

    async Task<string> UntilAnswered(Guid id, string path, object body)
    {
        for (; ; await Task.Delay(Silence))
        {
            var answer = await edition.Api.Send(HttpMethod.Post, $"work-orders/{path}", body, id);
            if (answer.IsAcknowledged) return answer.Body;
            answer.IsRefused.ShouldBeFalse($"{path}: {answer.Status} {answer.Body}");
        }
    }

    async Task Check(Lane lane)
    {
        var reports = await edition.Api.GetAll($"work-orders/operations/{lane.Operation.Id}/reports");
        var name = $"{lane.Operation.Order.Number} step {lane.Operation.Step}";
        reports.Sum(report => (decimal)report["good"]!).ShouldBe(lane.Good, $"pieces of {name}");
        Minutes("Setup").ShouldBe(lane.Setup, $"setup of {name}");
        Minutes("Run").ShouldBe(lane.Run, $"run of {name}");
        var times = reports.Select(TimeOf).OrderBy(time => time.From).ToList();
        foreach (var (one, next) in times.Zip(times.Skip(1))) next.From.ShouldBeGreaterThanOrEqualTo(one.To, $"{name} twice");

        decimal Minutes(string activity) => (decimal)reports.Where(report => (string)report["activity"]! == activity)
            .Sum(report => (TimeOf(report).To - TimeOf(report).From).TotalMinutes);

        static (DateTimeOffset From, DateTimeOffset To) TimeOf(JsonNode report) =>
            ((DateTimeOffset)report["startedAt"]!, (DateTimeOffset)report["endedAt"]!);
    }

    /// <summary>Equipment comes to the same pieces, and to units at which nobody works any more.</summary>
    async Task CheckEquipment(List<Lane> lanes)
    {
        var good = lanes.GroupBy(lane => lane.Machine).ToDictionary(same => same.Key, same => same.Sum(lane => lane.Good));
        await Poll.Until(async () =>
        {
            var units = (await edition.Api.GetAll($"equipment/summary?{MesApi.Year}"))
                .ToDictionary(unit => (string)unit["equipment"]!, unit => (decimal)unit["good"]!);
            return good.All(machine => units.GetValueOrDefault(machine.Key) == machine.Value);
        }, Bound, "Equipment has counted the pieces");
        await Poll.Until(async () => (await edition.Api.GetAll("equipment/live"))
            .Where(unit => good.ContainsKey((string)unit["code"]!))
            .All(unit => (string)unit["state"]! == "Idle"), Bound, "nobody works any more");
        ((bool)(await edition.Api.Get("equipment/oee/verdict"))["isConsistent"]!).ShouldBeTrue();
    }
}
