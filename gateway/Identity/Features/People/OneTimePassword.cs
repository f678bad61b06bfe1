using Mes.Gateway.Identity.Data;
using Mes.Gateway.Identity.Domain;
using Mes.Web.Commands;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Mes.Gateway.Identity.Features.People;

/// <summary>
/// A password that its owner must change at the next sign-in. It is shown once, and again for a quarter of an hour to whoever
/// repeats the command.
/// </summary>
/// <param name="PersonId">The person.</param>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="Password">The password; null in a repeat that is not told it again.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Code">Why there is no password: <c>secret-not-told-again</c>; else null.</param>
/// <param name="Hint">What to do about it; else null.</param>
public sealed record OneTimePassword(
    Guid PersonId, string UserName, string? Password, DateTimeOffset CreatedAt, string? Code = null, string? Hint = null)
{
    internal OneTimePassword Kept() => this with { Password = null };

    /// <summary>For a repeat: the same again, where it is not too late and nobody has changed it since.</summary>
    internal static async Task<OneTimePassword> Again(OneTimePassword kept, HttpContext http)
    {
        var person = await http.RequestServices.GetRequiredService<IdentityDb>().People.AsNoTracking()
            .SingleOrDefaultAsync(known => known.Id == kept.PersonId, http.RequestAborted);
        var command = Guid.Parse(http.Request.Headers[CommandHeader.Name].ToString());
        var password = person is { MustChangePassword: true, DeactivatedAt: null, PasswordHash: { } hash }
            ? http.RequestServices.GetRequiredService<IssuedSecrets>().PasswordAgain(command, kept.CreatedAt, IsIt)
            : null;
        return password is null
            ? kept with { Code = SecretAnswers.NotToldAgain, Hint = "Reset the password under an id of its own." }
            : kept with { Password = password };

        bool IsIt(string candidate) => http.RequestServices.GetRequiredService<IPasswordHasher<Person>>()
            .VerifyHashedPassword(person!, hash, candidate) != PasswordVerificationResult.Failed;
    }
}
