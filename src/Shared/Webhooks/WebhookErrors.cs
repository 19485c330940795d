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
}
