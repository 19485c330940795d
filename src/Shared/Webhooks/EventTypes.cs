namespace ProspectOps.Webhooks;

/// <summary>Every type of event that an endpoint can hear of.</summary>
public static class EventTypes
{
    public const string CampaignCompleted = "campaign.completed";
    public const string CampaignFailed = "campaign.failed";
    public const string ProspectReady = "prospect.ready";
    public const string ProspectReplied = "prospect.replied";
    public const string ProspectUnsubscribed = "prospect.unsubscribed";
    public const string ValidationJobCompleted = "validation.job.completed";
    public const string ValidationScheduleFailed = "validation.schedule.failed";
    public const string WorkflowAwaitingApproval = "workflow.awaiting_approval";
    public const string QuotaWarning = "quota.warning";
    public const string QuotaExhausted = "quota.exhausted";
    public const string BudgetWarning = "budget.warning";
    public const string DeliveryDead = "delivery.dead";
    public const string EndpointChallenge = "endpoint.challenge";
    public const string EndpointTest = "endpoint.test";
    public const string EndpointDisabled = "endpoint.disabled";
    public const string KeyRotationDue = "key.rotation_due";
    public const string ClayLimitWarning = "clay.limit_warning";
    public const string CrmUploadCompleted = "crm.upload.completed";

    /// <summary>In the order in which the API lists them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        CampaignCompleted, CampaignFailed, ProspectReady, ProspectReplied, ProspectUnsubscribed, ValidationJobCompleted, ValidationScheduleFailed, WorkflowAwaitingApproval,
        QuotaWarning, QuotaExhausted, BudgetWarning, DeliveryDead, EndpointChallenge, EndpointTest, EndpointDisabled, KeyRotationDue, ClayLimitWarning, CrmUploadCompleted,
    ];

    /// <summary>Types that are posted to the one endpoint that they are about, whatever it listens for.</summary>
    public static bool IsAboutItsReceiver(string type) => type is EndpointChallenge or EndpointTest;
}
