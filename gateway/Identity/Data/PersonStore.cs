using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Domain;
using Mes.Web.Auth;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Data;

/// <summary>Changes people, and what follows from it; all of it becomes true with the commit.</summary>
sealed class PersonStore(IdentityDb db, CredentialCache cache, TimeProvider clock)
{
    /// <summary>
    /// Changes a person, gives their roles, and their badges no more than these; call under <see cref="IdentityDb.LockPeople"/>.
    /// Others are told of what concerns them; the next request of anybody is judged anew.
    /// </summary>
    /// <param name="person">One who is known, or new.</param>
    /// <param name="change">What else changes than the roles; it gets the time, UTC.</param>
    /// <param name="roles">All the roles; null: as they are.</param>
    /// <param name="ct">Ends the wait for the database.</param>
    /// <exception cref="Kernel.RuleViolation">Code <c>last-administrator</c>.</exception>
    public async Task Change(Person person, Action<DateTimeOffset> change, string[]? roles, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isNew = db.Entry(person).State is EntityState.Detached;
        var (told, administered) = (person.Version, Administers(person));
        if (isNew) db.People.Add(person);
        change(now);
        person.GiveRoles(roles ?? person.Roles, MayWork(roles ?? person.Roles), now);
        if (administered && !Administers(person)) await db.MustKeepAnAdministratorWithout(person.Id, ct);
        await LetBadgesFollow(person, ct);
        if (isNew || person.Version != told) db.Outbox.Add(person.ToContract());
        db.AfterCommit(cache.ForgetAll);
    }

    async Task LetBadgesFollow(Person person, CancellationToken ct)
    {
        var badges = await db.Badges
            .Where(badge => badge.PersonId == person.Id && badge.RevokedAt == null && badge.Roles != null).ToListAsync(ct);
        badges.ForEach(badge => badge.Follow(person.Roles));
    }

    static bool Administers(Person person) => person.DeactivatedAt is null && person.Roles.Contains(Roles.Administrator);

    static bool MayWork(string[] roles) => Roles.Union(roles).Contains(Permissions.SignOn);
}
