using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.Bench.Http;

/// <summary>One answer twice: to everybody, and to who has a key (<see cref="KeyMiddleware"/>).</summary>
public static class AuthFunctions
{
    public const string Keyed = "BenchKeyed";

    [Function("BenchOpen")]
    public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/open")] HttpRequest request) => Answer();

    [Function(Keyed)]
    public static IResult WithKey([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "bench/keyed")] HttpRequest request) => Answer();

    private static IResult Answer() => Results.Json(new { status = "alive" });
}
