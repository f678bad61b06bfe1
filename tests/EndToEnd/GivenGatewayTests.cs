namespace Mes.EndToEnd.Tests;

/// <summary>
/// The same flow through a gateway that runs already, such as that of <c>docker compose up</c>. MES_E2E_GATEWAY is its address,
/// MES_E2E_KEY an administrator's API key, or MES_E2E_PASSWORD the one-time password of its first start. Run only when asked for:
/// <c>dotnet Mes.EndToEnd.Tests.dll -explicit only</c>.
/// </summary>
public sealed class GivenGatewayTests
{
    const string NewPassword = "a new password for the tests";

    [Fact(Explicit = true)]
    public async Task An_order_goes_its_whole_way()
    {
        var gateway = new Uri(Variable("MES_E2E_GATEWAY") ?? throw new InvalidOperationException("set MES_E2E_GATEWAY"));
        var key = Variable("MES_E2E_KEY");
        if (key is null)
        {
            var password = Variable("MES_E2E_PASSWORD")
                ?? throw new InvalidOperationException("set MES_E2E_KEY or MES_E2E_PASSWORD");
            key = await FirstStart.MakeApiKey(gateway, password, NewPassword);
        }
        using var api = new Api(gateway, key);
        await new MainFlow(api).Run();
    }

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
