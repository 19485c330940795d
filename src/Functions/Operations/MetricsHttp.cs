using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.Operations;

public sealed class MetricsHttp(MetricsSnapshot metrics)
{
    [Function("GetMetrics")]
    [Requires("admin:read")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request) =>
        Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8");
}
