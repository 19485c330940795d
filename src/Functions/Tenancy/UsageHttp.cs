using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
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
        return Replies.Ok(new { from, to, groupBy, items = groups.Select(group => View(groupBy, group.Key, group.Value)), total = View(null, null, total), nextCursor = (string?)null });
    }

    private static Dictionary<string, object?> View(string? groupBy, string? group, UsageCounts counts)
    {
        var view = new Dictionary<string, object?>();
        if (groupBy is not null)
            view[groupBy == "key" ? "keyId" : groupBy] = group is { Length: > 0 } ? group : null;
        view["requests"] = counts.Requests;
        view["validations"] = counts.Validations;
        view["tokens"] = counts.InputTokens + counts.OutputTokens;
        view["inputTokens"] = counts.InputTokens;
        view["outputTokens"] = counts.OutputTokens;
        view["costUsd"] = counts.CostMicroUsd / 1_000_000m;
        view["cacheHits"] = counts.CacheHits;
        view["deliveries"] = counts.Deliveries;
        return view;
    }
}
