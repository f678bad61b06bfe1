using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Web;

/// <summary>Whoever asks for health gets an answer in time, also where a check hangs: that one is unhealthy.</summary>
public static class BoundedChecks
{
    /// <summary>Bounds every check of a host, whoever adds it.</summary>
    /// <param name="services">The host's services; call once.</param>
    /// <param name="atMost">How long a check may take.</param>
    public static void BoundHealthChecks(this IServiceCollection services, TimeSpan atMost) =>
        services.PostConfigure<HealthCheckServiceOptions>(options =>
        {
            foreach (var registration in options.Registrations)
            {
                var make = registration.Factory;
                registration.Factory = provider => new Bounded(make(provider), atMost);
            }
        });

    sealed class Bounded(IHealthCheck check, TimeSpan atMost) : IHealthCheck
    {
        public async Task<HealthCheckResult> CheckHealthAsync(
            HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await Task.Run(() => check.CheckHealthAsync(context, cancellationToken), cancellationToken)
                    .WaitAsync(atMost, cancellationToken);
            }
            catch (TimeoutException)
            {
                return HealthCheckResult.Unhealthy("not-answering: the check did not end in time.");
            }
        }
    }
}
