using System.Globalization;
using System.Text.Json;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Plans;
using Mes.Scheduling.Engine.Search;
using Mes.Scheduling.Engine.Verification;
using Mes.Scheduling.Files;

namespace Mes.Scheduling.Cli;

static class SolveCommand
{
    // Kept for what comes after the search: explanation, verifier, writer; a fixed part and one per operation.
    const double SecondsAfterwards = 0.15;
    const double SecondsAfterwardsPerOperation = 15e-6;

    const int IterationsMinStreaming = 2_000;

    public static int Run(Arguments arguments, Session session)
    {
        var isStreaming = arguments.Has("stream");
        var model = InputFile.Read(arguments, arguments.File(0, "a file to solve"), session, out var isModelFile);
        if (arguments.Option("out") is { } place) File.AppendAllText(place, ""); // fails now rather than afterwards
        var plan = Search(model, arguments, session, isStreaming);
        var violations = PlanVerifier.Verify(model, plan);
        foreach (var violation in violations) session.Error.WriteLine(violation);
        if (arguments.Option("out") is { } file) File.WriteAllText(file, PlanFile.Write(model, plan, isModelFile));
        session.Output.WriteLine(isStreaming
            ? FoundPlan.Write(model, plan, session.Elapsed, violations.Count == 0)
            : Summary(plan, session.Elapsed, violations.Count == 0));
        return violations.Count == 0 ? 0 : 1;
    }

    static Plan Search(SchedulingModel model, Arguments arguments, Session session, bool isStreaming)
    {
        var compiled = model.Compile();
        var seed = arguments.Number("seed", 1, 0);
        // a parent process grants time to search: what the start took, seconds on a busy machine, is not its search's
        var options = isStreaming
            ? Options(arguments, TimeSpan.FromSeconds(arguments.Amount("seconds", 60, 0)), seed) with
            {
                IterationsMin = IterationsMinStreaming,
            }
            : Options(arguments, compiled.OperationCount, seed, session.Elapsed);
        var parent = isStreaming ? new ParentWatch(session) : null;
        var cancel = parent?.Token ?? session.Cancel;
        using var stream = isStreaming ? new PlanStream(model, session) : null;
        return arguments.Has("repair")
            ? Optimizer.Improve(compiled, model.Baseline, options, Report, cancel).Plan
            : Optimizer.Solve(compiled, options, Report, cancel);

        void Report(SearchProgress progress)
        {
            session.Error.WriteLine(Progress(progress, session.Elapsed));
            stream?.Offer(progress);
            parent?.Start();
        }
    }

    /// <summary>Options that let the whole call end within its seconds, of which some are spent already.</summary>
    public static SearchOptions Options(Arguments arguments, int operations, int seed, TimeSpan spent)
    {
        var seconds = arguments.Amount("seconds", 60, 0);
        var afterwards = Math.Min(seconds / 2, SecondsAfterwards + operations * SecondsAfterwardsPerOperation);
        var left = TimeSpan.FromSeconds(seconds - afterwards) - spent;
        return Options(arguments, left < TimeSpan.Zero ? TimeSpan.Zero : left, seed);
    }

    static SearchOptions Options(Arguments arguments, TimeSpan limit, int seed)
    {
        var workers = arguments.Number("workers", 2);
        return new SearchOptions(limit)
        {
            Workers = workers,
            Seed = seed,
            Clock = arguments.Option("clock", ["wall", "cpu"]) == "cpu"
                ? new ProcessorClock(workers) : TimeProvider.System,
        };
    }

    static string Summary(Plan plan, TimeSpan elapsed, bool isFeasible) => JsonSerializer.Serialize(new
    {
        objective = FoundPlan.Number(plan.Value),
        lowerBound = FoundPlan.Number(plan.Bound),
        gap = Math.Round(plan.Gap, 6),
        seconds = Math.Round(elapsed.TotalSeconds, 3),
        feasible = isFeasible,
        operations = plan.Operations.Count,
    });

    static string Progress(SearchProgress progress, TimeSpan elapsed)
    {
        var (value, bound) = (progress.Value.Levels[0], progress.Bound.Levels[0]);
        var gap = value <= bound ? 0 : (value - bound) / (double)value;
        return string.Create(CultureInfo.InvariantCulture, $"{elapsed.TotalSeconds,8:F2} s  value {progress.Value}  "
            + $"bound {progress.Bound}  gap {100 * gap:F2} %  moves {progress.Iterations}");
    }
}

static class VerifyCommand
{
    public static int Run(Arguments arguments, Session session)
    {
        var model = InputFile.Read(arguments, arguments.File(0, "a file"), session, out _);
        model.Compile(); // a refused model has no feasible plan
        var planned = PlanFile.Read(model, File.ReadAllText(arguments.File(1, "a plan")));
        var violations = PlanVerifier.Verify(model, planned);
        session.Output.WriteLine(JsonSerializer.Serialize(new
        {
            feasible = violations.Count == 0,
            objective = violations.Count == 0
                ? FoundPlan.Number(model.Objective.Of(PlanVerifier.Measure(model, planned))) : (JsonElement?)null,
            violations = violations.Select(violation =>
                new { violation.Code, violation.OperationId, violation.Detail }),
        }, JsonSerializerOptions.Web));
        return violations.Count == 0 ? 0 : 1;
    }
}
