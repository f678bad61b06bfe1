namespace Mes.Gateway.Identity.Domain;

/// <summary>Wrong secrets shown for one account from one origin, whether there is such an account or not.</summary>
sealed class SignInFailure
{
    const int FailuresMax = 5;
    static readonly TimeSpan Lockout = TimeSpan.FromMinutes(5);

    SignInFailure()
    {
    }

    /// <summary>What was signed in to: <c>user NAME</c> or <c>badge CODE</c>.</summary>
    public string Account { get; private set; } = "";

    /// <summary>The registered device, or else the address, from which.</summary>
    public string Origin { get; private set; } = "";

    /// <summary>The address of the last attempt.</summary>
    public string Address { get; private set; } = "";

    /// <summary>How many since the last success, lock or pause.</summary>
    public int Failures { get; private set; }

    /// <summary>When it last happened, UTC.</summary>
    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Until when nobody is admitted from there, UTC; null: anybody who knows the secret.</summary>
    public DateTimeOffset? LockedUntil { get; private set; }

    /// <summary>How the failures of an account are called.</summary>
    public static string OfUser(string normalizedName) => "user " + normalizedName;

    /// <summary>How the failures of a badge are called.</summary>
    public static string OfBadge(string code) => "badge " + code;

    /// <summary>Begins to count.</summary>
    public static SignInFailure Of(string account, string origin) => new() { Account = account, Origin = origin };

    /// <summary>Counts one more; the fifth within five minutes locks for five.</summary>
    public void Count(string address, DateTimeOffset now)
    {
        Failures = now - LastAt > Lockout ? 1 : Failures + 1;
        (Address, LastAt) = (address, now);
        LockedUntil = Failures < FailuresMax ? null : now + Lockout;
        if (LockedUntil is not null) Failures = 0;
    }
}
