using System.Net;
using System.Net.Sockets;

namespace Mes.Gateway.Credentials;

/// <summary>
/// From where somebody signs in: a registered device, or else a network address. Attempts and failures are counted by it, so
/// that whoever guesses elsewhere keeps nobody from their own terminal.
/// </summary>
sealed record SignInOrigin(string Key, string Address)
{
    const string DeviceKind = "device ";

    /// <summary>Whether it is a registered device.</summary>
    public bool IsDevice => Key.StartsWith(DeviceKind, StringComparison.Ordinal);

    /// <summary>The origin of a request that <see cref="Find"/> has seen.</summary>
    public static SignInOrigin Of(HttpContext context) => context.Features.Get<SignInOrigin>() ?? ByAddress(context);

    /// <summary>Finds out, for what takes a secret from somebody unknown.</summary>
    public static async Task Find(HttpContext context, RequestDelegate next)
    {
        var cache = context.RequestServices.GetRequiredService<CredentialCache>();
        if (await cache.FindDeviceAsync(context.Request) is { Caller.DeviceId: { } device })
        {
            context.Features.Set(new SignInOrigin(DeviceKind + device, AddressOf(context)));
        }

        await next(context);
    }

    /// <summary>The caller's address; of IPv6 the network, which one computer has to itself.</summary>
    public static string AddressOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.Loopback;
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address))
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    static SignInOrigin ByAddress(HttpContext context)
    {
        var address = AddressOf(context);
        return new SignInOrigin("address " + address, address);
    }
}
