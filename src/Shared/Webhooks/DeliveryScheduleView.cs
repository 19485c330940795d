namespace ProspectOps.Webhooks;

/// <summary>What would be attempted when at an endpoint.</summary>
/// <param name="Attempts">Of an event that happens at the start and fails each time; none where the endpoint is disabled.</param>
/// <param name="Upcoming">What is to come, the soonest 100.</param>
/// <param name="UpcomingTotal">How many there are, in the newest 1,000 batches.</param>
public sealed record DeliveryScheduleView(
    string EndpointId, EndpointStatus Status, IReadOnlyList<ScheduledAttempt> Attempts, IReadOnlyList<MaintenanceWindow> MaintenanceWindows, IReadOnlyList<UpcomingView> Upcoming, int UpcomingTotal);
