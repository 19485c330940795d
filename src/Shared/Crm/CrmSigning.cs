namespace ProspectOps.Crm;

/// <summary>The key under which a CRM signs its uploads, and we sign what we post to it.</summary>
/// <param name="Secret">For <c>X-Signature</c>; shown once.</param>
/// <param name="WebhookSecret">The same secret as Standard Webhooks writes it; shown once.</param>
public sealed record CrmSigning(string KeyId, string? Secret, string? WebhookSecret);
