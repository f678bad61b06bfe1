using Mes.Gateway.Credentials;
using Mes.Persistence;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Who is signed in.</summary>
/// <param name="SubjectId">The person (by id, or by code where signed in by badge), API client or device.</param>
/// <param name="Name">For people to read.</param>
/// <param name="Kind">user: a person by password; operator: a person by badge; api-client or device.</param>
/// <param name="DeviceId">The registered device, where known.</param>
/// <param name="Roles">The caller's roles.</param>
/// <param name="Permissions">What these roles allow; empty until a password set by others is changed.</param>
/// <param name="MustChangePassword">Only changing the password is allowed.</param>
/// <param name="ExpiresAt">When the session ends by itself; null for a key without an end.</param>
/// <param name="Operator">The person's code, under which they work; null for a key.</param>
public sealed record SignedIn(
    string SubjectId,
    string Name,
    ActorKind Kind,
    string? DeviceId,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Permissions,
    bool MustChangePassword,
    DateTimeOffset? ExpiresAt,
    string? Operator)
{
    internal static SignedIn Of(Credential credential) => new(
        credential.Caller.SubjectId,
        credential.Caller.Name,
        credential.Caller.Kind,
        credential.Caller.DeviceId,
        credential.Roles,
        [.. credential.Caller.Permissions.Order(StringComparer.Ordinal)],
        credential.MustChangePassword,
        credential.ExpiresAt == DateTimeOffset.MaxValue ? null : credential.ExpiresAt,
        credential.Caller.Operator);
}
