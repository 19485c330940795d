using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;

namespace ProspectOps.Functions.Operations;

public sealed class MetricsHttp(MetricsSnapshot metrics)
{
    [Function("GetMetrics")]
    [Requires("admin:read")]
    [Operation("Answers the installation's metrics, for Prometheus.")]
    [Answers(200)]
    [AnswersFile("text/plain")]
    [Refuses("operator_only")]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "metrics")] HttpRequest request) => !request.Caller().IsOperator("admin:read")
        // They are the whole installation's, with every tenant's receivers.
        ? throw new DomainException(TenancyErrors.OperatorOnly)
        : Results.Text(metrics.Write(), "text/plain; version=0.0.4; charset=utf-8");
}
