using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.Tenancy;

/// <summary>What a key may still do.</summary>
public sealed class LimitsHttp(CallerLimits limits)
{
    [Function("GetLimits")]
    [Requires(RequiresAttribute.AnyKey)]
    [Operation("Every rate, quota and budget window that applies to this key.")]
    [Answers(200, typeof(LimitsView))]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "limits")] HttpRequest request, CancellationToken cancellationToken)
    {
        var caller = request.Caller();
        return Replies.Ok(new LimitsView($"key_{caller.KeyId}", caller.Tenant.Value, await limits.ReadAsync(caller, cancellationToken)));
    }
}
