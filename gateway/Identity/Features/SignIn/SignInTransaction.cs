using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Persistence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>The outcome of an attempt: the secret of the session, or why there is none.</summary>
readonly record struct SignInResult(string? Secret, ProblemHttpResult? Refusal);

/// <summary>
/// Runs an attempt to sign in. Whatever its outcome, it commits: a failure must be counted, which the transaction of a
/// command, undone where it is refused, would forget.
/// </summary>
sealed class SignInTransaction(IdentityDb db, OutboxSignal<IdentityDb> signal, CredentialCache cache)
{
    /// <summary>Signs the caller in where the attempt succeeds.</summary>
    public async Task<Results<Ok<SignedIn>, ProblemHttpResult>> Run(
        HttpContext context, Func<CancellationToken, Task<SignInResult>> attempt)
    {
        var ct = context.RequestAborted;
        var (secret, refusal) = await db.InTransaction(signal, () => attempt(ct), ct);
        if (refusal is not null) return refusal;
        var credential = await cache.FindAsync(secret!) ?? throw new InvalidOperationException("The session is gone.");
        Cookies.SetSession(context, secret!, credential.ExpiresAt);
        return TypedResults.Ok(SignedIn.Of(credential));
    }
}
