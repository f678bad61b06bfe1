using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Compiled;

/// <summary>Checks models and turns them into the flat form that the solvers read.</summary>
public static class Compilation
{
    /// <summary>All that makes the model malformed or infeasible, as far as it can be told without search; empty if
    /// it can be compiled.</summary>
    public static IReadOnlyList<ModelRefusal> Check(this SchedulingModel model) => ModelCompiler.TryCompile(model, out _);

    /// <summary>The flat form for the solvers, or null and everything that stands in its way, for callers that take
    /// it out and try again.</summary>
    public static CompiledModel? TryCompile(this SchedulingModel model, out IReadOnlyList<ModelRefusal> refusals)
    {
        refusals = ModelCompiler.TryCompile(model, out var compiled, int.MaxValue);
        return compiled;
    }

    /// <summary>The flat form for the solvers.</summary>
    /// <exception cref="ModelRefusedException">The model is malformed or infeasible; says why.</exception>
    public static CompiledModel Compile(this SchedulingModel model)
    {
        var refusals = ModelCompiler.TryCompile(model, out var compiled);
        return compiled ?? throw new ModelRefusedException(refusals);
    }
}
