using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Mes.Messaging;

/// <summary>
/// Unhealthy when a consumer has been at one batch for longer than it may, or when its queue has messages but nobody reads it.
/// </summary>
sealed class ConsumerHealth(
    IEnumerable<ConsumerRegistration> consumers, Deliveries deliveries, TimeProvider clock, BrokerBus? broker = null)
    : IHealthCheck
{
    static readonly TimeSpan DeliveryMax = TimeSpan.FromSeconds(90);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var stuck = consumers.Select(consumer => consumer.Queue).Where(IsStuck);
        var stopped = stuck.Concat(broker?.Unread ?? []).Distinct().ToList();
        return Task.FromResult(stopped.Count == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy($"Stopped consuming: {string.Join(", ", stopped)}"));
    }

    bool IsStuck(string queue) => deliveries.OldestRunning(queue) is { } since && clock.GetUtcNow() - since > DeliveryMax;
}
