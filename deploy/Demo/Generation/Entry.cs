using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>Lets the demo, and whoever tries it, in.</summary>
static class Entry
{
    const string FirstUser = "admin";
    const string KeyName = "demo";

    static DemoAccount Administrator => DemoAccounts.All.Single(account => account.Person == DemoAccounts.AdministratorPerson);

    /// <summary>The API with a key of the demo's own, which the mark keeps: the same in every start.</summary>
    /// <exception cref="RefusedException">The installation knows neither key nor passwords: it is another one.</exception>
    public static async Task<MesApi> Open(Uri gateway, DemoFolder folder, CancellationToken ct)
    {
        if (folder.Kept.Key is { } key)
        {
            var known = new MesApi(gateway, key);
            await known.Get("identity/me", ct);
            return known;
        }
        using var session = await SignInAsAdministrator(gateway, folder, ct);
        var made = await session.Post(
            "identity/api-keys", new { name = KeyName, roles = new[] { "administrator" } }, Guid.NewGuid(), ct);
        folder.Keep(content => content with { Key = made.Text("secret"), OneTimePassword = null });
        return new MesApi(gateway, folder.Kept.Key);
    }

    /// <summary>Gives an account the demo's password, where its owner has none of their own.</summary>
    public static async Task SetPassword(MesApi api, Uri gateway, DemoAccount account, CancellationToken ct)
    {
        var person = await api.Get($"identity/people/{account.Person}", ct);
        if (person.Is("hasPassword") && !person.Is("mustChangePassword")) return;
        var reset = await api.Post($"identity/people/{account.Person}/password-reset", new { }, Guid.NewGuid(), ct);
        using var session = new MesApi(gateway);
        await ChangePassword(session, account.UserName, reset.Text("password"), ct);
    }

    static async Task<MesApi> SignInAsAdministrator(Uri gateway, DemoFolder folder, CancellationToken ct)
    {
        var session = new MesApi(gateway);
        try
        {
            await ChangePassword(session, FirstUser, folder.Kept.OneTimePassword ?? "", ct);
        }
        catch (RefusedException)    // an earlier start came so far, and was ended before it had its key
        {
            await SignIn(session, FirstUser, DemoAccounts.Password, ct);
        }
        return session;
    }

    /// <summary>The first account is named as the others are, once nothing depends on its first name any more.</summary>
    public static Task NameAdministrator(MesApi api, Seed seed, CancellationToken ct) => api.Put(
        $"identity/people/{DemoAccounts.AdministratorPerson}",
        new { name = "Administrator", roles = new[] { "administrator" }, userName = Administrator.UserName },
        seed.Id("administrator"), ct);

    static async Task ChangePassword(MesApi session, string userName, string oneTime, CancellationToken ct)
    {
        await SignIn(session, userName, oneTime, ct);
        await session.Post("identity/password", new { current = oneTime, @new = DemoAccounts.Password }, Guid.NewGuid(), ct);
    }

    static Task SignIn(MesApi session, string userName, string password, CancellationToken ct) =>
        session.Post("identity/sign-in", new { userName, password }, Guid.NewGuid(), ct);
}
