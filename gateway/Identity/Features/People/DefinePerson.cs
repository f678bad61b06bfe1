using FluentValidation;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web;
using Mes.Web.Auth;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>
/// Makes a person known to all of Mes, or changes what is said of one. Their skills are kept with the work orders.
/// </summary>
/// <param name="Name">For others to read.</param>
/// <param name="Roles">What the person is: all the roles, not only new ones. They hold from the next request on.</param>
/// <param name="UserName">To sign in with a password, which a reset makes; null leaves it as it is.</param>
/// <param name="Badge">
/// A badge to sign in with. One that the person has already stays as it is, one that they lost stays revoked. Null: none more.
/// </param>
/// <param name="Reason">For the audit trail.</param>
public sealed record DefinePerson(
    string Name, string[] Roles, string? UserName = null, PersonBadge? Badge = null, string? Reason = null);

/// <summary>A badge of a person.</summary>
/// <param name="Code">What a scanner reads from it.</param>
/// <param name="Pin">Null: the badge alone signs in, on registered devices only.</param>
public sealed record PersonBadge(string Code, [property: SecretContent] string? Pin = null);

sealed class DefinePersonValidator : AbstractValidator<DefinePerson>
{
    public DefinePersonValidator()
    {
        RuleFor(person => person.Name).IsName();
        RuleFor(person => person.Roles).AreRoles();
        RuleFor(person => person.UserName!).IsUserName().When(person => person.UserName is not null);
        RuleFor(person => person.Badge!.Code).IsCode().When(person => person.Badge is not null);
        RuleFor(person => person.Badge!.Pin).IsPinOrNull().When(person => person.Badge is not null);
        RuleFor(person => person.Reason).IsReason();
    }
}

static class DefinePersonEndpoint
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapPut("/people/{code}", Handle)
            .Named("definePerson", "Define a person").RequireAuthorization(Permissions.ManagePeople);

    static async Task<Ok<PersonView>> Handle(
        Code code, DefinePerson request, IdentityDb db, PersonStore people, IPasswordHasher<Badge> hasher, Caller caller,
        TimeProvider clock, CancellationToken ct)
    {
        await db.LockPeople(ct);
        var now = clock.GetUtcNow();
        var person = await db.FindPerson(code.Value, ct) ?? Person.Create(code.Value, request.Name, now);
        caller.MustKeep(person, request.Roles);
        await people.Change(person, _ => Say(request, person), request.Roles, ct);
        var warning = request.Badge is { } badge ? await Give(badge, person, db, hasher, now, ct) : null;
        db.Reason = request.Reason;
        return TypedResults.Ok(PersonView.Of(person, await db.LockedUntil(person, now, ct)) with { Warning = warning });
    }

    static void Say(DefinePerson request, Person person)
    {
        person.Rename(request.Name);
        if (request.UserName is { } userName) person.NameAccount(userName);
    }

    // One that is somebody else's is refused by the index of codes in use. A program that says every night who has which
    // badge must neither bring a lost one back nor fail for it
    static async Task<PersonWarning?> Give(
        PersonBadge request, Person person, IdentityDb db, IPasswordHasher<Badge> hasher, DateTimeOffset now,
        CancellationToken ct)
    {
        var had = await db.Badges.Where(badge => badge.Code == request.Code && badge.PersonId == person.Id)
            .Select(badge => badge.RevokedAt).ToListAsync(ct);
        if (had.Contains(null)) return null;
        if (had.Count > 0) return PersonWarning.OfRevokedBadge(request.Code, had.Max()!.Value);
        var badge = Badge.Create(Guid.CreateVersion7(now), request.Code, person, null, now);
        if (request.Pin is { } pin) badge.SetPin(hasher.HashPassword(badge, pin));
        db.Badges.Add(badge);
        return null;
    }
}
