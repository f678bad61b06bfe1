using System.Threading.RateLimiting;
using Mes.Gateway.Credentials;

namespace Mes.Gateway;

/// <summary>
/// How much one client may ask. Limits are per address (of sign-ins per registered device, where it is one), before
/// anybody is known, so that no made-up credential evades them.
/// </summary>
static class GatewayLimits
{
    /// <summary>The largest request body, in bytes, but for files; see <see cref="Web.Problems.BodyLimit"/>.</summary>
    public const int BodyBytesMax = 1_000_000;

    /// <summary>The policy of everything that takes a password or a PIN, by origin.</summary>
    public const string SignIn = "sign-in";

    /// <summary>The policy of a terminal's own registration, by origin.</summary>
    public const string Device = "device";

    // A call for help must get through whatever else the terminal is doing
    const string AndonPath = "/api/equipment/andon";

    public static IServiceCollection AddGatewayLimits(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new AccountLimiter(configuration.GetValue("Gateway:SignInsPerAccountPerMinute", 10)));
        var requestsPerSecond = configuration.GetValue("Gateway:RequestsPerSecond", 5_000);
        var signInsPerMinute = configuration.GetValue("Gateway:SignInsPerMinute", 60);
        return services.AddRateLimiter(limiter =>
        {
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                context.Request.Path.Value!.StartsWith(AndonPath, StringComparison.OrdinalIgnoreCase)
                    ? RateLimitPartition.GetNoLimiter(AndonPath)
                    : PerSecond(context, requestsPerSecond));
            limiter.AddPolicy(SignIn, context => PerMinute(SignInOrigin.Of(context).Key, signInsPerMinute));
            limiter.AddPolicy(Device, context => PerMinute(SignInOrigin.Of(context).Key, signInsPerMinute));
            limiter.OnRejected = (rejected, _) => new(TooManyAsync(rejected.HttpContext, rejected.Lease));
        });
    }

    public static Task TooManyAsync(HttpContext context, RateLimitLease lease)
    {
        var wait = lease.TryGetMetadata(MetadataName.RetryAfter, out var time) ? time : TimeSpan.FromSeconds(1);
        context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString("0");
        return Refusal.WriteAsync(context, 429, "too-many-requests", "Wait as long as Retry-After says.");
    }

    static RateLimitPartition<string> PerSecond(HttpContext context, int permits) => RateLimitPartition.GetFixedWindowLimiter(
        SignInOrigin.AddressOf(context), _ => Window(permits, TimeSpan.FromSeconds(1)));

    static RateLimitPartition<string> PerMinute(string origin, int permits) =>
        RateLimitPartition.GetFixedWindowLimiter(origin, _ => Window(permits, TimeSpan.FromMinutes(1)));

    static FixedWindowRateLimiterOptions Window(int permits, TimeSpan length) =>
        new() { PermitLimit = permits, Window = length, QueueLimit = 0 };
}

/// <summary>Limits the attempts on one account, from one origin.</summary>
sealed class AccountLimiter(int attemptsPerMinute) : IDisposable
{
    readonly PartitionedRateLimiter<string> _limiter = PartitionedRateLimiter.Create<string, string>(account =>
        RateLimitPartition.GetFixedWindowLimiter(account, _ => new()
        {
            PermitLimit = attemptsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    public bool Allows(string account)
    {
        using var lease = _limiter.AttemptAcquire(account);
        return lease.IsAcquired;
    }

    public void Dispose() => _limiter.Dispose();
}
