using Mes.Web.Auth;
using Microsoft.AspNetCore.Authentication;

namespace Mes.Gateway.Credentials;

/// <summary>What is behind a session cookie, an API key or a device key, as the database had it a moment ago.</summary>
/// <param name="Caller">Who it is.</param>
/// <param name="Roles">Their roles.</param>
/// <param name="SessionId">The session, for a cookie.</param>
/// <param name="PersonId">The person, where signed in by password.</param>
/// <param name="MustChangePassword">Nothing else is allowed until then.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
sealed record Credential(
    Caller Caller,
    string[] Roles,
    Guid? SessionId,
    Guid? PersonId,
    bool MustChangePassword,
    DateTimeOffset ExpiresAt)
{
    // A ticket is used for less than half of its life, so that it outlives the request it is given to
    static readonly TimeSpan TicketUse = TimeSpan.FromSeconds(50);

    Signed? _signed;

    sealed record Signed(string Text, DateTimeOffset UseUntil);

    /// <summary>What the signed-in caller of this request showed.</summary>
    public static Credential Of(HttpContext context) => context.Features.Get<Credential>()
        ?? throw new InvalidOperationException("Nobody is signed in: the endpoint must require authorization.");

    /// <summary>The registered device that shows its key, or at which somebody has signed in.</summary>
    public Guid? DeviceId => Caller.DeviceId is { } device ? Guid.Parse(device) : null;

    /// <summary>The framework's view, made once.</summary>
    public AuthenticateResult Result => field ??= AuthenticateResult.Success(
        new AuthenticationTicket(Caller.ToPrincipal(CredentialHandler.SchemeName), CredentialHandler.SchemeName));

    /// <summary>A ticket for a service.</summary>
    public string Ticket(TicketIssuer issuer, DateTimeOffset now)
    {
        if (_signed is { } signed && now < signed.UseUntil) return signed.Text;
        var fresh = new Signed(issuer.Issue(Caller), now + TicketUse);
        _signed = fresh;
        return fresh.Text;
    }

    /// <summary>Takes over what is costly to make, if nothing about the caller has changed.</summary>
    public Credential Continue(Credential? earlier)
    {
        if (earlier is null || !SameRights(earlier)) return this;
        _signed = earlier._signed;
        return this;
    }

    bool SameRights(Credential other) =>
        Caller.SubjectId == other.Caller.SubjectId && Caller.Name == other.Caller.Name
        && Caller.DeviceId == other.Caller.DeviceId && Caller.Operator == other.Caller.Operator
        && ServesAsMuch(other.Caller.Equipment) && Caller.Permissions.SetEquals(other.Caller.Permissions);

    bool ServesAsMuch(IReadOnlyList<string>? other) => other is null
        ? Caller.Equipment is null
        : Caller.Equipment?.SequenceEqual(other) == true;
}
