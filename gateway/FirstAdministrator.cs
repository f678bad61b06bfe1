using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Gateway.Features.Users;
using Mes.Persistence;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway;

/// <summary>Lets somebody in at the first start: there is no default password.</summary>
sealed class FirstAdministrator(IdentityDb db, UserManager<User> users, TimeProvider clock)
{
    const string UserName = "admin";

    /// <summary>Makes the administrator if there has never been a user.</summary>
    /// <param name="show">
    /// Gets name and password before the account is committed: a crash between the two leaves no account whose password
    /// nobody has seen, and the next start shows another.
    /// </param>
    /// <param name="ct">Ends the wait for the database.</param>
    public async Task EnsureAsync(Action<string, string> show, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await Administrators.LockAsync(db, ct);
        if (await db.Users.AnyAsync(ct)) return;

        var password = Secrets.MakePassword();
        var request = new CreateUser(UserName, "Administrator", [Roles.Administrator]);
        var now = clock.GetUtcNow();
        db.ActAs(Actor.System("gateway"), "first-start");
        var created = await users.CreateAsync(UserCreation.Make(request, Guid.CreateVersion7(now), now), password);
        if (!created.Succeeded)
            throw new InvalidOperationException(string.Join(" ", created.Errors.Select(error => error.Description)));
        show(UserName, password);
        await transaction.CommitAsync(ct);
    }
}
