using Mes.Demo.Api;
using Mes.Demo.Plant;

namespace Mes.Demo.Generation;

/// <summary>Enters the people, their skills, and the accounts that anybody may try.</summary>
sealed class PeopleSteps(MesApi api, Seed seed, Uri gateway)
{
    static readonly Dictionary<string, DemoAccount> Accounts = DemoAccounts.All.ToDictionary(account => account.Person);

    public Task Send(CancellationToken ct) => Many.Each(People.All, async person =>
    {
        await api.Put($"identity/people/{person.Code}", new
        {
            name = person.Name, roles = person.Roles, userName = Accounts.GetValueOrDefault(person.Code)?.UserName,
            badge = new { code = person.Badge, pin = People.Pin },
        }, seed.Id("person", person.Code), ct);
        if (People.SkillsOf(person.Code) is { Count: > 0 } skills)
        {
            await api.WhenKnown(HttpMethod.Put, $"work-orders/operators/{person.Code}/skills", new { skills },
                seed.Id("skills", person.Code), ct);
        }
    });

    /// <summary>Lets everybody in, once there are the people.</summary>
    public async Task Open(CancellationToken ct)
    {
        await Entry.NameAdministrator(api, seed, ct);
        await Many.Each(DemoAccounts.All, account => Entry.SetPassword(api, gateway, account, ct));
    }
}
