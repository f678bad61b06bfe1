using Mes.Scheduling.Engine.Compiled;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling.Engine.Plans;

/// <summary>Turns flat solutions into plans.</summary>
static class PlanAssembly
{
    public static Plan Assemble(CompiledModel model, Solution solution, PlanMeasures bound, string method)
    {
        var measures = solution.Measure(model);
        return new Plan
        {
            Operations = Operations(model, solution),
            Measures = measures,
            Value = model.Source.Objective.Of(measures),
            BoundMeasures = bound,
            Bound = model.Source.Objective.Of(bound),
            Method = method,
        };
    }

    static PlannedOperation[] Operations(CompiledModel model, Solution solution)
    {
        var explanation = new Explanation(model, solution);
        var planned = new PlannedOperation[model.OperationCount];
        for (var i = 0; i < planned.Length; i++) planned[i] = Operation(model, solution, explanation, i);
        return planned;
    }

    /// <summary>One operation of a solution, explained.</summary>
    public static PlannedOperation Operation(CompiledModel model, Solution solution, Explanation explanation, int i)
    {
        var equipment = model.Source.Equipment[model.AlternativeEquipment[solution.Alternative[i]]];
        return new PlannedOperation(model.Operations[i].Id, model.Source.Jobs[model.JobOf[i]].Id, equipment.Id,
            solution.SetupStart[i], solution.Start[i], solution.End[i])
        {
            Waits = explanation.Of(i),
        };
    }
}
