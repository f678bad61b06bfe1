using Mes.Scheduling.Domain;
using Mes.Scheduling.Engine.Model;

namespace Mes.Scheduling;

/// <summary>Turns the engine's refusal of a model into the problem that the caller is told.</summary>
sealed class RefusedModels : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (ModelRefusedException refused)
        {
            throw PlanMove.Because(refused.Refusals[0]);
        }
    }
}
