using System.Text.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

public sealed record ChangeTenantRequest(string? Name, TenantStatus? Status, IReadOnlyDictionary<string, JsonElement>? Settings, QuotaSettings? Quotas);
