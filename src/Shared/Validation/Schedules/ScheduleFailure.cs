using ProspectOps.Tenancy;
using ProspectOps.Webhooks;
using TenantEvent = ProspectOps.Webhooks.TenantEvent;

namespace ProspectOps.Validation.Schedules;

/// <summary>The event that a run failed.</summary>
internal static class ScheduleFailure
{
    public static TenantEvent Of(TenantId tenant, string scheduleId, string runId, string? jobId, string error) =>
        new(tenant, EventTypes.ValidationScheduleFailed, runId, new { scheduleId, runId, jobId, error });
}
