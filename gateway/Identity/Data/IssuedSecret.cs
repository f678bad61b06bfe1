namespace Mes.Gateway.Identity.Data;

/// <summary>
/// The secret of a key or a device. It is shown once, and again for a quarter of an hour to whoever repeats the command.
/// </summary>
/// <param name="Id">The key or device.</param>
/// <param name="Secret">The secret; null in a repeat that is not told it again.</param>
/// <param name="CreatedAt">When it was made, UTC.</param>
/// <param name="Code">Why there is no secret: <c>secret-not-told-again</c>; else null.</param>
/// <param name="Hint">What to do about it; else null.</param>
public sealed record IssuedSecret(Guid Id, string? Secret, DateTimeOffset CreatedAt, string? Code = null, string? Hint = null)
{
    internal IssuedSecret Kept() => this with { Secret = null };

    internal IssuedSecret With(string? secret, string instead) => secret is null
        ? this with { Code = SecretAnswers.NotToldAgain, Hint = instead }
        : this with { Secret = secret };
}

static class SecretAnswers
{
    /// <summary>Why a repeat has no secret: too late, or it is no longer the one.</summary>
    public const string NotToldAgain = "secret-not-told-again";
}
