using FluentValidation;
using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Persistence;
using Mes.Web;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.SignIn;

/// <summary>Signs a person in.</summary>
/// <param name="UserName">The name of the account; upper and lower case do not matter.</param>
/// <param name="Password">The password.</param>
public sealed record SignInWithPassword(string UserName, [property: SecretContent] string Password);

sealed class SignInWithPasswordValidator : AbstractValidator<SignInWithPassword>
{
    public SignInWithPasswordValidator()
    {
        RuleFor(signIn => signIn.UserName).IsName();
        RuleFor(signIn => signIn.Password).IsSecret();
    }
}

static class SignInWithPasswordEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/sign-in", Handle)
            .Named("signIn", "Sign in with a password")
        .IsNoCommand().AllowAnonymous().RequireRateLimiting(GatewayLimits.SignIn);

    static Task<Results<Ok<SignedIn>, ProblemHttpResult>> Handle(
        SignInWithPassword request, HttpContext context, PasswordSignIn signIn, SignInTransaction transaction) =>
        transaction.Run(context, ct => signIn.Try(request, context, ct));
}

sealed class PasswordSignIn(
    IdentityDb db, IPasswordHasher<Person> hasher, SessionStore sessions, SignInAttempts attempts)
{
    // Checked when there is no such person, so that the time of the answer tells no names either
    static readonly string NobodysHash = new PasswordHasher<Person>().HashPassword(null!, Secrets.Make());

    public async Task<SignInResult> Try(SignInWithPassword request, HttpContext context, CancellationToken ct)
    {
        var name = Person.Normalize(request.UserName);
        var account = SignInFailure.OfUser(name);
        if (await attempts.Begin(context, account, ct) is { } refusal) return new(null, refusal);
        var person = await Find(name, ct);
        await Task.Yield(); // a hash takes long: not on the thread that serves the sockets
        if (IsRight(person, request.Password)) return new(await Admit(person!, account, context, ct), null);
        attempts.Fail(context, account);
        return new(null, Refusal.WrongCredentials());
    }

    // The lock keeps a new password from coming between the check of the old one and its session
    Task<Person?> Find(string name, CancellationToken ct) => db.People
        .FromSql($"select * from people where normalized_user_name = {name} and deactivated_at is null for share")
        .SingleOrDefaultAsync(ct);

    bool IsRight(Person? person, string password) => hasher.VerifyHashedPassword(
        person!, person?.PasswordHash ?? NobodysHash, password) != PasswordVerificationResult.Failed
        && person?.PasswordHash is not null;

    async Task<string> Admit(Person person, string account, HttpContext context, CancellationToken ct)
    {
        (db.Actor, db.Action) = (new Actor(ActorKind.User, person.Id.ToString(), person.Name), "sign-in");
        attempts.Succeed(context, account);
        return await sessions.Begin(context, person.Id, null, ct);
    }
}
