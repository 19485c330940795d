using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using FromBodyAttribute = Microsoft.Azure.Functions.Worker.Http.FromBodyAttribute;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class BodyFunctions
{
    public sealed record Order(int Number, string? Name);

    [Function("Bound")]
    public static IResult Bound([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, [FromBody] Order order) =>
        Results.Text($"{order.Number} {order.Name}");

    [Function("Data")]
    public static async Task<HttpResponseData> Data([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "data/{id}")] HttpRequestData request, string id)
    {
        var body = await request.ReadAsStringAsync();
        var response = request.CreateResponse(HttpStatusCode.Accepted);
        response.Headers.Add("X-Seen", $"{request.Method} {request.Url.AbsolutePath} {request.Query["q"]} {string.Join(',', request.Headers.GetValues("X-Sent"))}");
        await response.WriteStringAsync($"{id} {body}");
        return response;
    }

    [Function("Written")]
    public static async Task<HttpResponseData> Written([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request)
    {
        var response = request.CreateResponse(HttpStatusCode.Accepted);
        await response.WriteAsJsonAsync(new Order(1, "Ann"));
        return response;
    }

    [Function("Viewed")]
    public static async Task<IResult> Viewed([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request, FunctionContext context)
    {
        var data = await context.GetHttpRequestDataAsync();
        var order = await data!.ReadFromJsonAsync<Order>();
        return Results.Text($"{order?.Number} {ReferenceEquals(data, await context.GetHttpRequestDataAsync())} {ReferenceEquals(data!.Body, request.Body)}");
    }
}
