using Microsoft.Extensions.Options;
using ProspectOps.Tenancy;

namespace ProspectOps.Webhooks;

/// <summary>What would be attempted when: the attempts of an event that fails again and again from a moment on, moved out of the maintenance windows, and those that are to come.</summary>
public sealed class DeliverySchedulePreview(EndpointStore endpoints, DeliveryStore deliveries, IOptions<WebhooksOptions> options, TimeProvider clock)
{
    private const int MostUpcoming = 100;
    private const int MostBatches = 1_000;

    /// <param name="from">When the event happens; null for now.</param>
    /// <exception cref="Platform.Errors.DomainException"><c>endpoint_not_found</c>.</exception>
    public async Task<DeliveryScheduleView> GetAsync(TenantId tenant, string endpointId, DateTimeOffset? from, CancellationToken cancellationToken)
    {
        var endpoint = await endpoints.RequireAsync(tenant, endpointId, cancellationToken);
        var start = from ?? clock.GetUtcNow();
        var upcoming = new List<UpcomingView>();
        var batches = 0;
        await foreach (var batch in deliveries.RangeAsync(tenant, endpointId, "", 200, cancellationToken))
        {
            if (++batches > MostBatches)
                break;
            for (var index = 0; index < batch.States.Length; index++)
            {
                if (DeliveryState.IsOpen(batch.States[index]))
                    upcoming.Add(new UpcomingView(batch.DeliveryId(index), batch.EventType, batch.Log[index].Attempts.Count + 1, batch.Log[index].NextAttemptAt ?? clock.GetUtcNow()));
            }
        }
        return new DeliveryScheduleView(
            endpointId, endpoint.Status, endpoint.DisabledReason is not null ? [] : Attempts(RetrySchedule.Of(options.Value).Delays, endpoint.MaintenanceWindows, start),
            endpoint.MaintenanceWindows, [.. upcoming.OrderBy(one => one.At).Take(MostUpcoming)], upcoming.Count);
    }

    /// <summary>The attempts of an event that fails each time. Pure.</summary>
    public static IReadOnlyList<ScheduledAttempt> Attempts(IReadOnlyList<TimeSpan> delays, IReadOnlyList<MaintenanceWindow> windows, DateTimeOffset start)
    {
        ArgumentNullException.ThrowIfNull(delays);
        var (earliest, latest) = (MaintenanceSchedule.NextOpen(windows, start), MaintenanceSchedule.NextOpen(windows, start));
        var attempts = new List<ScheduledAttempt> { new(1, earliest, latest, earliest > start) };
        foreach (var delay in delays)
        {
            var (least, most) = RetrySchedule.RangeOf(delay);
            var (early, late) = (earliest + least, latest + most);
            (earliest, latest) = (MaintenanceSchedule.NextOpen(windows, early), MaintenanceSchedule.NextOpen(windows, late));
            attempts.Add(new ScheduledAttempt(attempts.Count + 1, earliest, latest, earliest > early || latest > late));
        }
        return attempts;
    }
}
