using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace Mes.Gateway;

/// <summary>
/// Proxies in front of the gateway that say truly who calls and over what: <c>Gateway:TrustedProxies</c>, addresses or
/// networks separated by commas, such as <c>10.0.0.5, 10.1.0.0/16</c>. What anybody else says of themselves is not believed.
/// </summary>
static class TrustedProxies
{
    const string Setting = "Gateway:TrustedProxies";

    public static void AddTrustedProxies(this IServiceCollection services, IConfiguration configuration)
    {
        var networks = Networks(configuration);
        services.Configure<ForwardedHeadersOptions>(options =>
        {
            options.ForwardedHeaders = networks.Count == 0
                ? ForwardedHeaders.None
                : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            options.ForwardLimit = null; // as far back as the proxies are known
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            networks.ForEach(options.KnownIPNetworks.Add);
        });
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        if (Networks(app.Configuration).Count > 0) app.UseForwardedHeaders();
    }

    static List<IPNetwork> Networks(IConfiguration configuration) => [.. (configuration[Setting] ?? "")
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];

    static IPNetwork Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new InvalidOperationException($"{Setting} has '{text}': give addresses or networks, such as 10.1.0.0/16.");
}
