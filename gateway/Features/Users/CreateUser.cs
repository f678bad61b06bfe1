using Mes.Gateway.Credentials;
using Mes.Gateway.Data;
using Mes.Hosting.Auth;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Features.Users;

/// <summary>Adds a person; the answer has the one-time password to hand over.</summary>
/// <param name="UserName">To sign in with.</param>
/// <param name="DisplayName">For others to read.</param>
/// <param name="Roles">What the person is.</param>
/// <param name="Why">For the audit trail.</param>
/// <param name="Id">Made by the client; sent again, it cannot add a second user.</param>
public sealed record CreateUser(
    [UserName] string UserName,
    [Label] string DisplayName,
    [RoleNames] string[] Roles,
    [Why] string? Why = null,
    Guid? Id = null);

static class CreateUserEndpoint
{
    public static void Map(RouteGroupBuilder users) => users.MapPost("", Handle);

    static async Task<Results<Created<OneTimePassword>, ProblemHttpResult>> Handle(
        CreateUser request,
        IdentityDb db,
        UserManager<User> users,
        Caller caller,
        TimeProvider clock)
    {
        var password = Secrets.MakePassword();
        var user = Make(request, clock.GetUtcNow());
        db.ActAs(caller, "create-user", request.Why);
        try
        {
            var created = await users.CreateAsync(user, password);
            if (!created.Succeeded) return Refusal.AlreadyExists("user");
        }
        catch (DbUpdateException error) when (error.IsUniqueViolation())
        {
            return Refusal.AlreadyExists("user");
        }

        return TypedResults.Created((string?)null, new OneTimePassword(user.Id, user.UserName!, password));
    }

    public static User Make(CreateUser request, DateTimeOffset now) => new()
    {
        Id = request.Id ?? Guid.CreateVersion7(now),
        UserName = request.UserName,
        DisplayName = request.DisplayName,
        Roles = request.Roles,
        MustChangePassword = true,
        CreatedAt = now,
    };
}
