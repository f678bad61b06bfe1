using System.Linq.Expressions;
using Mes.Gateway.Identity.Domain;

namespace Mes.Gateway.Identity.Features.Devices;

/// <summary>A terminal or machine that is known to the plant.</summary>
/// <param name="Id">The device.</param>
/// <param name="Name">Where it stands.</param>
/// <param name="Equipment">The equipment it serves, by code; where neither it nor a work center is named, any.</param>
/// <param name="WorkCenters">The work centers all of whose equipment it serves, also what joins them later, by code.</param>
/// <param name="Roles">What it may do with nobody signed in.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="RevokedAt">Since when it is no longer known; null while it is.</param>
public sealed record DeviceView(
    Guid Id, string Name, IReadOnlyList<string> Equipment, IReadOnlyList<string> WorkCenters, IReadOnlyList<string> Roles,
    DateTimeOffset CreatedAt, DateTimeOffset? RevokedAt)
{
    internal static Expression<Func<Device, DeviceView>> OfDevice { get; } = device => new(
        device.Id, device.Name, device.Equipment, device.WorkCenters, device.Roles, device.CreatedAt, device.RevokedAt);

    internal static Func<Device, DeviceView> Of { get; } = OfDevice.Compile();
}
