using System.Net;
using System.Net.Http.Json;
using System.Text;

namespace ProspectOps.LocalRuntime.Tests.Worker.Http;

public sealed class BodyTests
{
    [Theory]
    [InlineData("""{ "number": 3, "name": "Ann" }""", "application/json", HttpStatusCode.OK)]
    [InlineData("{ broken", "application/json", HttpStatusCode.InternalServerError)]
    [InlineData("""{ "number": "three" }""", "application/json", HttpStatusCode.InternalServerError)]
    [InlineData("""{ "number": 3 }""", "text/plain", HttpStatusCode.InternalServerError)]
    public async Task S11_A_body_that_does_not_fit_FromBody_is_500(string body, string type, HttpStatusCode status)
    {
        await using var host = await WorkerHost.StartAsync([typeof(BodyFunctions)]);

        var response = await host.Client.PostAsync("/api/Bound", new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? "3 Ann" : "", await response.Content.ReadAsStringAsync());
        Assert.All(host.Log.Errors, error => Assert.IsType<InvalidOperationException>(error.Exception));
    }

    [Fact]
    public async Task A_function_may_take_and_return_the_workers_own_http_types()
    {
        await using var host = await WorkerHost.StartAsync([typeof(BodyFunctions)]);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/data/7?q=x") { Content = new StringContent("body") };
        request.Headers.Add("X-Sent", "sent");

        var response = await host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("7 body", await response.Content.ReadAsStringAsync());
        Assert.Equal("POST /api/data/7 x sent", Assert.Single(response.Headers.GetValues("X-Seen")));
    }

    [Fact]
    public async Task Writing_JSON_leaves_the_status_as_it_was()
    {
        await using var host = await WorkerHost.StartAsync([typeof(BodyFunctions)]);

        var response = await host.Client.PostAsync("/api/Written", null);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("""{"Number":1,"Name":"Ann"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Both_views_show_one_request()
    {
        await using var host = await WorkerHost.StartAsync([typeof(BodyFunctions)]);

        var response = await host.Client.PostAsync("/api/Viewed", JsonContent.Create(new { number = 5 }));

        Assert.Equal("5 True True", await response.Content.ReadAsStringAsync());
    }
}
