namespace Mes.Demo;

/// <summary>An account that anybody may try.</summary>
/// <param name="UserName">The name to sign in with.</param>
/// <param name="Role">The role whose work it shows.</param>
/// <param name="Person">Code of the person it is of.</param>
public sealed record DemoAccount(string UserName, string Role, string Person);

/// <summary>The accounts of a demo, one per role, with one password for all: they are printed, and no secret.</summary>
public static class DemoAccounts
{
    /// <summary>The password of all of them.</summary>
    public const string Password = "try-mes-today";

    /// <summary>The person whom the first start makes.</summary>
    internal const string AdministratorPerson = "admin";

    /// <summary>In the order in which the sign-in page shows them.</summary>
    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        Of("operator", "P-125"), Of("foreman", "P-117"), Of("planner", "P-119"), Of("engineer", "P-120"),
        Of("quality", "P-122"), Of("warehouse", "P-121"), Of("maintenance", "P-123"), Of("personnel", "P-124"),
        Of("administrator", AdministratorPerson),
    ];

    static DemoAccount Of(string role, string person) => new($"demo-{role}", role, person);
}
