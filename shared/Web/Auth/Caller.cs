using System.Collections.Frozen;
using System.Security.Claims;
using System.Security.Principal;
using Mes.Persistence;
using Microsoft.AspNetCore.Http;

namespace Mes.Web.Auth;

/// <summary>
/// Who makes this request, as an endpoint or handler asks for it. Registered per request by
/// <see cref="TicketAuthentication.AddTicketAuthentication"/>.
/// </summary>
/// <param name="SubjectId">The person (by id, or by code where signed in by badge), API client or device; unique.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Kind">What kind of caller this is.</param>
/// <param name="DeviceId">The registered device the request came from, where known.</param>
/// <param name="Permissions">What the caller may do.</param>
public sealed record Caller(
    string SubjectId,
    string Name,
    ActorKind Kind,
    string? DeviceId,
    FrozenSet<string> Permissions)
{
    /// <summary>The person's code, under which they work; null for programs and devices.</summary>
    public string? Operator { get; init; }

    /// <summary>
    /// Codes of the equipment that the device is bound to, which may be none; null where it serves any, or there is no device.
    /// </summary>
    public IReadOnlyList<string>? Equipment { get; init; }

    /// <summary>
    /// Within which the client-made ids of commands are unique: the device where there is one (it may hold the
    /// entries of several people), else the API client or the person.
    /// </summary>
    public string Scope => DeviceId ?? SubjectId;

    /// <summary>The caller, as the audit trail names who made a change.</summary>
    public Actor ToActor() => new(Kind, SubjectId, Name, DeviceId);

    /// <summary>Whether the caller may do this.</summary>
    public bool May(string permission) => Permissions.Contains(permission);

    /// <summary>The caller as the framework's principal.</summary>
    public ClaimsPrincipal ToPrincipal(string scheme) => new(new CallerIdentity(this, scheme));

    /// <summary>The caller behind a principal, if it is one of ours.</summary>
    public static Caller? Of(IPrincipal? principal) => (principal?.Identity as CallerIdentity)?.Caller;

    internal static Caller Of(HttpContext? context) =>
        Of(context?.User) ?? throw new InvalidOperationException(
            "There is no signed-in caller here: Caller is for endpoints that require authorization. " +
            "A consumer or a job acts in the name of its service.");
}

/// <summary>Carries the caller itself, so that no request pays for turning claims into it again.</summary>
sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(Caller caller, string scheme)
        : base([new(ClaimTypes.NameIdentifier, caller.SubjectId), new(ClaimTypes.Name, caller.Name)], scheme) =>
        Caller = caller;

    public Caller Caller { get; }
}
