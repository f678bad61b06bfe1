using FluentValidation;
using Mes.Web.Commands;

namespace Mes.WorkOrders.Features.Production;

/// <summary>When something is done with work that was begun.</summary>
/// <param name="At">When; now where none is given.</param>
/// <param name="DeviceTime">The device's clock when it sent this.</param>
public sealed record WorkMoment(DateTimeOffset? At = null, [property: NotContent] DateTimeOffset? DeviceTime = null);

sealed class WorkMomentValidator : AbstractValidator<WorkMoment>
{
    public WorkMomentValidator()
    {
        RuleFor(moment => moment.At!.Value).IsTime().When(moment => moment.At is not null);
        RuleFor(moment => moment.DeviceTime!.Value).IsTime().When(moment => moment.DeviceTime is not null);
    }
}
