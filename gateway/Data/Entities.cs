using Mes.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Mes.Gateway.Data;

/// <summary>A person who signs in with a name and a password.</summary>
sealed class User : IdentityUser<Guid>
{
    public required string DisplayName { get; set; }

    public required string[] Roles { get; set; }

    [NotAudited]
    public override string? PasswordHash { get; set; }

    [NotAudited]
    public override string? SecurityStamp { get; set; }

    [NotAudited]
    public override string? ConcurrencyStamp { get; set; } = Guid.NewGuid().ToString();

    /// <summary>The password was set by someone else: nothing but changing it is allowed.</summary>
    public bool MustChangePassword { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A badge by which an operator signs in at a terminal.</summary>
sealed class Badge
{
    public required Guid Id { get; init; }

    /// <summary>What a scanner reads.</summary>
    public required string Code { get; init; }

    /// <summary>The operator's code in reports; two badges of one operator share it.</summary>
    public required string OperatorCode { get; init; }

    public required string Name { get; init; }

    public required string[] Roles { get; set; }

    /// <summary>Null: the badge signs in without a PIN, but only from a registered device.</summary>
    [NotAudited]
    public string? PinHash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A program that calls with keys: it stays the same one when its key is changed.</summary>
sealed class ApiClient
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A key of a program.</summary>
sealed class ApiKey
{
    public required Guid Id { get; init; }

    public required Guid ClientId { get; init; }

    /// <summary>The first characters of the key, so that people can tell keys apart.</summary>
    public required string Prefix { get; init; }

    [NotAudited]
    public required byte[] SecretHash { get; init; }

    public required string[] Roles { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>A terminal or machine that is known to the plant.</summary>
sealed class Device
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    /// <summary>The equipment that this terminal serves, by code; empty for any.</summary>
    public required string[] Equipment { get; init; }

    /// <summary>What the device may do in its own name, with nobody signed in; often nothing.</summary>
    public required string[] Roles { get; init; }

    [NotAudited]
    public required byte[] SecretHash { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>One sign-in of a user or a badge.</summary>
sealed class Session
{
    public required Guid Id { get; init; }

    [NotAudited]
    public required byte[] SecretHash { get; init; }

    public Guid? UserId { get; init; }

    public Guid? BadgeId { get; init; }

    public Guid? DeviceId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; set; }
}

/// <summary>Wrong secrets shown for one account from one origin, whether there is such an account or not.</summary>
sealed class SignInFailure
{
    /// <summary>What was signed in to: <c>user NAME</c> or <c>badge CODE</c>.</summary>
    public required string Account { get; init; }

    /// <summary>The registered device, or else the address, from which.</summary>
    public required string Origin { get; init; }

    /// <summary>The address of the last attempt.</summary>
    public required string Address { get; set; }

    /// <summary>How many since the last success, lock or pause.</summary>
    public int Failures { get; set; }

    public DateTimeOffset LastAt { get; set; }

    public DateTimeOffset? LockedUntil { get; set; }
}
