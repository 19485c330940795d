using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Bench.Runtime;

/// <summary>The least that functions can do, so that what is measured is the runtime.</summary>
public static class RuntimeFunctions
{
    [Function("Alive")]
    public static IResult Alive([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health/live")] HttpRequest request) =>
        Results.Json(new { status = "alive" });
}
