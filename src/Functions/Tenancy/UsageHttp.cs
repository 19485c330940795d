using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Tenancy.Usage;

namespace ProspectOps.Functions.Tenancy;

public sealed class UsageHttp(UsageMeter meter, UsageStore usage, KeyService keys, TimeProvider clock)
{
    private const int UsualDays = 30;
    private const int MostDays = 400;

    [Function("GetUsage")]
    [Requires("admin:read")]
    [Operation("What was used: requests, validations, tokens, cost, cache hits, deliveries.", Description = "By whole days in UTC; the last 30 where none are named.")]
    [Parameter("from", "A time, or a day.", Example = "2026-01-31T09:00:00Z")]
    [Parameter("to", "A time, or a day.", Example = "2026-02-01")]
    [Parameter("groupBy", "What the sums are for.", OneOf = ["day", "key", "operation"])]
    [Parameter("tenantId", "Another tenant, for the operator alone; the key's own where none is named.")]
    [Answers(200, typeof(UsageView))]
    [Refuses("operator_only", "tenant_not_found")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "manage/usage")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenant = await request.NamedTenantAsync(keys, cancellationToken);
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        // The day that a time lies in is meant whole: usage is kept by day.
        var to = request.TimeOf("to") is { } end ? DateOnly.FromDateTime(end.UtcDateTime) : today;
        var from = request.TimeOf("from") is { } start ? DateOnly.FromDateTime(start.UtcDateTime) : to.AddDays(1 - UsualDays);
        if (to < from || to.DayNumber - from.DayNumber >= MostDays)
            throw new DomainException(ApiErrors.QueryInvalid("to", $"must be from to, and at most {MostDays} days after it"));
        var groupBy = request.TextOf("groupBy") ?? "day";
        Func<UsageRow, string> groupOf = groupBy switch
        {
            "day" => row => row.Day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            "key" => row => row.KeyId.Length == 0 ? "" : $"key_{row.KeyId}",
            "operation" => row => row.Operation,
            _ => throw new DomainException(ApiErrors.QueryInvalid("groupBy", "must be day, key or operation")),
        };
        // What this process has counted is to be found at once.
        await meter.FlushAsync(cancellationToken);
        var groups = new SortedDictionary<string, UsageCounts>(StringComparer.Ordinal);
        var total = default(UsageCounts);
        await foreach (var row in usage.RangeAsync(tenant, from, to, cancellationToken))
        {
            var group = groupOf(row);
            groups[group] = groups.GetValueOrDefault(group) + row.Counts;
            total += row.Counts;
        }
        return Replies.Ok(new UsageView(from, to, groupBy, [.. groups.Select(group => View(groupBy, group.Key, group.Value))], UsageGroupView.Of(total)));
    }

    private static UsageGroupView View(string groupBy, string group, UsageCounts counts)
    {
        var view = UsageGroupView.Of(counts);
        return groupBy switch
        {
            "day" => view with { Day = group },
            "key" => view with { KeyId = group.Length == 0 ? null : group },
            _ => view with { Operation = group },
        };
    }
}
