using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Functions.Tenancy;

namespace ProspectOps.Functions.Operations;

public sealed class MetricsHttp(MetricsSnapshot process, TenantMetrics tenants)
{
    [Function("GetMetrics")]
    [Requires("admin:read")]
    [Operation("Answers metrics, for Prometheus.", Description = "The operator is shown this process: what it was asked, what it sent, what it takes. Every other tenant is shown what it used itself, and the limits of its key.")]
    [Answers(200)]
    [AnswersFile("text/plain")]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request, CancellationToken cancellationToken) => Results.Text(
        // The process works for all tenants, and names their receivers.
        request.Caller().IsOperator("admin:read") ? process.Write() : await tenants.WriteAsync(request.Caller(), cancellationToken),
        "text/plain; version=0.0.4; charset=utf-8");
}
