using ProspectOps.Platform.Errors;

namespace ProspectOps.Webhooks;

public static class WebhookErrors
{
    public static DomainError UrlInvalid { get; } = new(ErrorKind.Invalid, "url_invalid", "The URL is not an absolute http or https URL without user name and fragment.")
    {
        Fix = "Give a URL such as https://hooks.example.com/prospectops.",
    };

    public static DomainError UrlNotAllowed { get; } = new(ErrorKind.Invalid, "url_not_allowed", "The URL leads into a private, loopback, link-local or reserved network.")
    {
        Fix = "Use a public address, or let the operator set Webhooks:AllowPrivateNetworks or Webhooks:AllowedAddresses.",
    };

    public static DomainError SecretInvalid { get; } = new(ErrorKind.Invalid, "secret_invalid", "The secret is not whsec_ and base64 of 24 to 64 bytes.")
    {
        Fix = "Leave it out to be given one, or make one by the Standard Webhooks specification.",
    };

    public static DomainError EndpointNotFound { get; } = new(ErrorKind.NotFound, "endpoint_not_found", "There is no such endpoint.")
    {
        Fix = "List them with GET /api/webhooks/endpoints.",
    };

    public static DomainError EndpointDisabled { get; } = new(ErrorKind.Conflict, "endpoint_disabled", "The endpoint is disabled, so nothing is sent to it.")
    {
        Fix = "Mend the receiver, then POST /api/webhooks/endpoints/{id}/enable.",
    };

    public static DomainError DeliveryNotFound { get; } = new(ErrorKind.NotFound, "delivery_not_found", "There is no such delivery.")
    {
        Fix = "List them with GET /api/webhooks/deliveries.",
    };

    public static DomainError AlreadyDelivered { get; } = new(ErrorKind.Conflict, "already_delivered", "The delivery was answered 2xx.")
    {
        Fix = "To send delivered events once more, use POST /api/webhooks/endpoints/{id}/replay.",
    };

    public static DomainError DeliveryBusy { get; } = new(ErrorKind.Conflict, "delivery_busy", "The delivery is being attempted at this moment.")
    {
        Fix = "Look at it again, and retry if it is still needed.",
        RetryAfter = TimeSpan.FromSeconds(2),
    };

    public static DomainError DeadLetterNotFound { get; } = new(ErrorKind.NotFound, "dead_letter_not_found", "There is no such dead letter.")
    {
        Fix = "List them with GET /api/webhooks/dead-letters.",
    };

    public static DomainError DeadLetterUnreadable { get; } = new(ErrorKind.Conflict, "dead_letter_unreadable", "The dead letter is a message that could not be read: there is no delivery to send again.")
    {
        Fix = "Delete it.",
    };

    public static DomainError ClusterNotFound { get; } = new(ErrorKind.NotFound, "cluster_not_found", "No dead letter belongs to this cluster.")
    {
        Fix = "List them with GET /api/webhooks/dead-letters/clusters.",
    };
}
