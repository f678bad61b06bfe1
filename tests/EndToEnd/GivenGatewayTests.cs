namespace Mes.EndToEnd.Tests;

/// <summary>
/// The same flow through a gateway that runs already, such as that of <c>docker compose up</c>: MES_E2E_GATEWAY is its address and
/// MES_E2E_KEY an administrator's API key, or MES_E2E_PASSWORD the one-time password of its first start. Without them there is no test.
/// </summary>
public sealed class GivenGatewayTests
{
    const string NewPassword = "a new password for the tests";

    public static TheoryData<string> Gateways { get; } =
        Variable("MES_E2E_GATEWAY") is { } gateway ? new TheoryData<string>(gateway) : [];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Gateways))]
    public async Task An_order_goes_its_whole_way(string gateway)
    {
        var address = new Uri(gateway);
        using var api = new Api(address, Variable("MES_E2E_KEY") ?? await FirstStart.MakeApiKey(
            address, Variable("MES_E2E_PASSWORD") ?? throw new InvalidOperationException("set MES_E2E_KEY"), NewPassword));
        await new MainFlow(api).Run();
    }

    static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
