using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Web.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Users;

/// <summary>Adds a person; the answer has the one-time password to hand over.</summary>
/// <param name="UserName">To sign in with.</param>
/// <param name="DisplayName">For others to read.</param>
/// <param name="Roles">What the person is.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it gets the same answer.</param>
public sealed record CreateUser(
    [UserName] string UserName,
    [Label] string DisplayName,
    [RoleNames] string[] Roles,
    [Why] string? Why = null,
    Guid? Id = null);

sealed class UserCreation(IdentityDb db, UserManager<User> users, IssuedSecrets secrets, TimeProvider clock)
{
    public static void Map(RouteGroupBuilder group) => group.MapPost("", (
        CreateUser request, HttpContext context, Caller caller, UserCreation creation, CancellationToken ct) =>
        creation.CreateAsync(request, context, caller, ct));

    async Task<Results<Created<OneTimePassword>, ProblemHttpResult>> CreateAsync(
        CreateUser request, HttpContext context, Caller caller, CancellationToken ct)
    {
        var now = IssuedSecrets.AsKept(clock.GetUtcNow());
        var id = CommandIds.Of(context, request.Id, now);
        if (await AgainAsync(id, request, ct) is { } known) return known;
        var password = secrets.MakePassword(id, now);
        db.Users.Add(WithPassword(Make(request, id, now), password));
        db.ActAs(caller, "create-user", request.Why);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            db.ChangeTracker.Clear();
            return await AgainAsync(id, request, ct) ?? Refusal.AlreadyExists("user", "name", request.UserName);
        }

        return TypedResults.Created((string?)null, new OneTimePassword(id, request.UserName, password));
    }

    User WithPassword(User user, string password)
    {
        user.NormalizedUserName = users.NormalizeName(user.UserName);
        user.SecurityStamp = Guid.NewGuid().ToString();
        user.PasswordHash = users.PasswordHasher.HashPassword(user, password);
        return user;
    }

    public static User Make(CreateUser request, Guid id, DateTimeOffset now) => new()
    {
        Id = id,
        UserName = request.UserName,
        DisplayName = request.DisplayName,
        Roles = request.Roles,
        MustChangePassword = true,
        CreatedAt = now,
    };

    /// <summary>What the same command was answered before, or null where its id is new.</summary>
    async Task<Results<Created<OneTimePassword>, ProblemHttpResult>?> AgainAsync(
        Guid id, CreateUser request, CancellationToken ct)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(known => known.Id == id, ct);
        if (user is null) return null;
        var isSame = user.UserName == request.UserName && user.DisplayName == request.DisplayName
            && user.Roles.SequenceEqual(request.Roles) && user is { MustChangePassword: true, RevokedAt: null };
        var password = isSame ? secrets.PasswordAgain(id, user.CreatedAt, candidate => IsPassword(user, candidate)) : null;
        return password is null
            ? Refusal.AlreadyExists("user", "id", id)
            : TypedResults.Created((string?)null, new OneTimePassword(id, user.UserName!, password));
    }

    bool IsPassword(User user, string candidate) =>
        users.PasswordHasher.VerifyHashedPassword(user, user.PasswordHash!, candidate) != PasswordVerificationResult.Failed;
}
