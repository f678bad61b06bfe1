using Mes.Gateway.Credentials;
using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>Lets somebody in at the first start: there is no default password.</summary>
sealed class FirstAdministrator(
    IdentityDb db, OutboxSignal<IdentityDb> signal, PersonStore people, IPasswordHasher<Person> hasher, TimeProvider clock)
{
    const string UserName = "admin";

    /// <summary>Makes the administrator if there has never been a person.</summary>
    /// <param name="show">
    /// Gets name and password before the account is committed: a crash between the two leaves no account whose password
    /// nobody has seen, and the next start shows another.
    /// </param>
    /// <param name="ct">Ends the wait for the database.</param>
    public Task Ensure(Action<string, string> show, CancellationToken ct) => db.InTransaction(signal, async () =>
    {
        await db.LockPeople(ct);
        if (await db.People.AnyAsync(ct)) return false;
        (db.Actor, db.Action) = (Actor.System("gateway"), "first-start");
        var (password, now) = (Secrets.MakePassword(), clock.GetUtcNow());
        var person = Person.Create(UserName, "Administrator", now);
        person.NameAccount(UserName);
        person.SetOneTimePassword(hasher.HashPassword(person, password));
        await people.Change(person, _ => { }, [Roles.Administrator], ct);
        await db.Flush(ct);
        show(UserName, password);
        return true;
    }, ct);
}
