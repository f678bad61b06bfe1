using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Kernel;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Signs something by the PIN of one's own badge; the service that asks for the signature gets it then.</summary>
/// <param name="Pin">The PIN.</param>
/// <param name="Subject">What is signed, as the service that asks for it calls it.</param>
public sealed record SignWithPin([property: SecretContent] string Pin, string Subject);

/// <summary>A signature by PIN.</summary>
/// <param name="Signature">What the service knows again, for two minutes.</param>
public sealed record PinSignature(string Signature);

sealed class SignWithPinValidator : AbstractValidator<SignWithPin>
{
    public SignWithPinValidator()
    {
        RuleFor(sign => sign.Pin).IsPinOrNull();
        RuleFor(sign => sign.Subject).NotEmpty().WithMessage("Say what is signed.").MaximumLength(PinSignatures.SubjectMax)
            .WithMessage("Use at most 500 characters.");
    }
}

static class SignWithPinEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/signatures", Handle)
        .Named("signWithPin", "Sign something with the own PIN").IsNoCommand();

    // Whatever its outcome it commits: a wrong PIN must be counted
    static Task<Results<Ok<PinSignature>, ProblemHttpResult>> Handle(
        SignWithPin request, HttpContext context, IdentityDb db, OutboxSignal<IdentityDb> signal, SignInAttempts attempts,
        IPasswordHasher<Badge> hasher, PinSignatures signatures, Caller caller, CancellationToken ct) =>
        db.InTransaction<IdentityDb, Results<Ok<PinSignature>, ProblemHttpResult>>(signal, async () =>
        {
            var badges = await db.Badges.FromSql(
                $"""
                select b.* from people p join badges b on b.person_id = p.id -- locked in this order, as where a person is changed
                where p.code = {caller.Operator} and b.revoked_at is null and b.pin_hash is not null
                order by b.created_at, b.id for share
                """).ToListAsync(ct);
            if (badges.Count == 0)
            {
                throw new RuleViolation("no-pin", "Have a badge with a PIN given to you; keys and devices sign nothing.",
                    ("operator", caller.Operator));
            }
            var account = SignInFailure.OfBadge(badges[0].Code);     // as where somebody signs in: guesses are counted together
            if (await attempts.Begin(context, account, ct) is { } refusal) return refusal;
            (db.Actor, db.Action) = (caller.ToActor(), "sign-with-pin");
            await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
            if (badges.Exists(badge => IsRight(hasher, badge, request.Pin)))
            {
                attempts.Forget();
                return TypedResults.Ok(new PinSignature(signatures.Make(caller.Operator!, request.Subject)));
            }
            attempts.Fail(context, account);
            return Refusal.WrongPin();
        }, ct);

    static bool IsRight(IPasswordHasher<Badge> hasher, Badge badge, string pin) =>
        hasher.VerifyHashedPassword(badge, badge.PinHash!, pin) != PasswordVerificationResult.Failed;
}
