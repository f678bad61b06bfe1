using System.Diagnostics;
using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Listing;
using Mes.Scheduling.Engine.Model;
using Mes.Scheduling.Engine.Verification;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests.Listing;

/// <summary>List scheduling on public instances, against best known values.</summary>
public sealed class BenchmarkTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("ft", 0.35)]
    [InlineData("la", 0.35)]
    [InlineData("abz", 0.40)]
    [InlineData("orb", 0.45)]
    [InlineData("ta", 0.40)]
    public void A_job_shop_is_planned_within_a_bounded_gap(string set, double worstGap)
    {
        var best = BenchmarkData.BestKnown("bks-jsp.csv");
        var gaps = Directory.GetFiles(BenchmarkData.Path($"jsp/{set}")).Order(StringComparer.Ordinal)
            .Select(file => Gap($"jsp/{set}/{Path.GetFileName(file)}", BenchmarkData.JobShop, best)).ToArray();
        Print(set, gaps);
        gaps.Max().ShouldBeLessThan(worstGap);
    }

    [Theory]
    [InlineData("brandimarte", 0.80)]
    [InlineData("hurink/edata", 0.50)]
    [InlineData("hurink/rdata", 0.50)]
    [InlineData("hurink/vdata", 0.30)]
    public void A_flexible_job_shop_is_planned_within_a_bounded_gap(string set, double worstGap)
    {
        var best = BenchmarkData.BestKnown("bks-fjsp.csv");
        var files = Directory.GetFiles(BenchmarkData.Path($"fjsp/{set}")).Order(StringComparer.Ordinal);
        var gaps = files.Select(file => Gap($"fjsp/{set}/{Path.GetFileName(file)}", BenchmarkData.FlexibleJobShop, best,
            set.StartsWith("hurink", StringComparison.Ordinal) ? $"_{set[^5..]}" : "")).ToArray();
        Print(set, gaps);
        gaps.Max().ShouldBeLessThan(worstGap);
    }

    [Theory]
    [InlineData("ko01", 10_000)]
    [InlineData("lta41", 10_000)]
    [InlineData("lta61", 10_000)]
    [InlineData("mt00", 5_000)]
    public void A_large_instance_is_planned_and_verified(string name, int operationsMin)
    {
        var model = BenchmarkData.JobShop($"large/{name}.txt");
        var watch = Stopwatch.StartNew();
        var compiled = model.Compile();
        var plan = ListPlanner.Plan(compiled);
        output.WriteLine($"{name}: {compiled.OperationCount} operations in {watch.ElapsedMilliseconds} ms, "
            + $"makespan {plan.Value}, bound {plan.Bound}, gap {plan.Gap:P2}, {plan.Method}");
        compiled.OperationCount.ShouldBeGreaterThanOrEqualTo(operationsMin);
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
    }

    double Gap(string path, Func<string, SchedulingModel> read, Dictionary<string, int> best, string suffix = "")
    {
        var model = read(path);
        var plan = ListPlanner.Plan(model.Compile());
        PlanVerifier.Verify(model, plan).ShouldBeEmpty(path);
        var name = Path.GetFileNameWithoutExtension(path);
        var known = best[suffix == "" ? name : name.Replace("mt", "ft", StringComparison.Ordinal) + suffix];
        plan.Bound.Levels[0].ShouldBeLessThanOrEqualTo(known, path);
        plan.Value.Levels[0].ShouldBeGreaterThanOrEqualTo(known, path);
        var gap = plan.Value.Levels[0] / (double)known - 1;
        output.WriteLine($"{path}: {plan.Value} against {known}, {gap:P1}, bound {plan.Bound}, {plan.Method}");
        return gap;
    }

    void Print(string set, double[] gaps) =>
        output.WriteLine($"{set}: {gaps.Length} instances, mean gap {gaps.Average():P2}, worst {gaps.Max():P2}");
}
