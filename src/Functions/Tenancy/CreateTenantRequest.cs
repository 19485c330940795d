using System.Text.Json;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Tenancy;

public sealed record CreateTenantRequest(string? Name, IReadOnlyDictionary<string, JsonElement>? Settings, QuotaSettings? Quotas);
