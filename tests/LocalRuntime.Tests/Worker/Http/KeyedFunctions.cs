using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class KeyedFunctions
{
    [Function("Open")]
    public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => Results.Ok();

    [Function("Keyed")]
    public static IResult Keyed([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok();

    [Function("Other")]
    public static IResult Other([HttpTrigger(AuthorizationLevel.Function, "get")] HttpRequest request) => Results.Ok();

    [Function("Ops")]
    public static IResult Ops([HttpTrigger(AuthorizationLevel.Admin, "get")] HttpRequest request) => Results.Ok();

    [Function("Hook")]
    public static IResult Hook([HttpTrigger(AuthorizationLevel.System, "get")] HttpRequest request) => Results.Ok();

    [Function("Unstated")]
    public static IResult Unstated([HttpTrigger("get")] HttpRequest request) => Results.Ok();
}
