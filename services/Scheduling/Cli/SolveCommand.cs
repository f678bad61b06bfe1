using System.Diagnostics;
using System.Text.Json;
using Mes.Scheduling.Engine;

namespace Mes.Scheduling.Cli;

static class SolveCommand
{
    public static int Run(Arguments arguments, TextWriter output, TextWriter error)
    {
        var watch = Stopwatch.StartNew();
        var model = InstanceFile.Read(arguments, arguments.File(0, "a file to solve"));
        var plan = Solve(model, arguments, arguments.Number("seed", 1, 0), watch, error);
        var violations = PlanVerifier.Verify(model, plan);
        foreach (var violation in violations) error.WriteLine(violation);
        if (arguments.Option("out") is { } file) File.WriteAllText(file, PlanFile.Write(model, plan));
        output.WriteLine(JsonSerializer.Serialize(new
        {
            objective = Number(plan.Value),
            lowerBound = Number(plan.Bound),
            gap = Math.Round(plan.Gap, 6),
            seconds = Math.Round(watch.Elapsed.TotalSeconds, 3),
            feasible = violations.Count == 0,
            operations = plan.Operations.Count,
        }));
        return violations.Count == 0 ? 0 : 1;
    }

    /// <summary>Solves within the seconds of the call, reading and compiling included.</summary>
    public static Plan Solve(SchedulingModel model, Arguments arguments, int seed, Stopwatch watch, TextWriter error)
    {
        var compiled = model.Compile();
        var workers = arguments.Number("workers", 2);
        var left = TimeSpan.FromSeconds(arguments.Amount("seconds", 60, 0)) - watch.Elapsed;
        var options = new SearchOptions(left < TimeSpan.Zero ? TimeSpan.Zero : left)
        {
            Workers = workers,
            Seed = seed,
            Clock = arguments.Option("clock", ["wall", "cpu"]) == "cpu"
                ? new ProcessorClock(workers) : TimeProvider.System,
        };
        return Optimizer.Solve(compiled, options, progress => error.WriteLine(
            $"{progress.Elapsed.TotalSeconds,8:F2} s  {progress.Value}  bound {progress.Bound}, "
            + $"{progress.Iterations} moves"));
    }

    /// <summary>One level as a number, several as a list.</summary>
    public static object Number(ObjectiveValue value) =>
        value.Levels.Length == 1 ? value.Levels[0] : value.Levels.ToArray();
}

static class VerifyCommand
{
    public static int Run(Arguments arguments, TextWriter output)
    {
        var model = InstanceFile.Read(arguments, arguments.File(0, "a file"));
        model.Compile(); // a refused model has no feasible plan
        var planned = PlanFile.Read(model, File.ReadAllText(arguments.File(1, "a plan")));
        var violations = PlanVerifier.Verify(model, planned);
        output.WriteLine(JsonSerializer.Serialize(new
        {
            feasible = violations.Count == 0,
            objective = violations.Count == 0
                ? SolveCommand.Number(model.Objective.Of(PlanVerifier.Measure(model, planned))) : null,
            violations = violations.Select(violation =>
                new { violation.Code, violation.OperationId, violation.Detail }),
        }, JsonSerializerOptions.Web));
        return violations.Count == 0 ? 0 : 1;
    }
}
