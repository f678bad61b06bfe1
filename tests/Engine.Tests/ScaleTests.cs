using System.Diagnostics;
using Mes.Scheduling.Engine;
using Shouldly;
using Xunit;

namespace Mes.Engine.Tests;

/// <summary>Time to the first plan, every rule on one core. The limits are wide, as other work may share the
/// machine; what was measured is printed.</summary>
public sealed class ScaleTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1_000, LargeModel.Kind.JobShop, 2)]
    [InlineData(10_000, LargeModel.Kind.JobShop, 3)]
    [InlineData(100_000, LargeModel.Kind.JobShop, 15)]
    [InlineData(1_000, LargeModel.Kind.Everything, 2)]
    [InlineData(10_000, LargeModel.Kind.Everything, 5)]
    [InlineData(100_000, LargeModel.Kind.Everything, 30)]
    internal void A_first_plan_is_there_soon(int operations, LargeModel.Kind kind, int secondsMax)
    {
        var model = LargeModel.Create(operations, kind);
        var watch = Stopwatch.StartNew();
        var compiled = model.Compile();
        var compile = watch.Elapsed;
        ListPlanner.Plan(compiled, DispatchRule.Atcs);
        var one = watch.Elapsed - compile;
        watch.Restart();
        var plan = ListPlanner.Plan(compiled);
        var all = watch.Elapsed;
        output.WriteLine($"{operations} operations, {kind}: compile {compile.TotalMilliseconds:F0} ms, one rule "
            + $"{one.TotalMilliseconds:F0} ms, every rule {all.TotalMilliseconds:F0} ms, "
            + $"gap {plan.Gap:P1}, {plan.Method}");
        (compile + all).TotalSeconds.ShouldBeLessThan(secondsMax);
        PlanVerifier.Verify(model, plan).ShouldBeEmpty();
    }
}
