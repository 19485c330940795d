using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.DurableTask.Client;
using ProspectOps.LocalRuntime.Durable.Bindings;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Worker.Extensibility;

namespace ProspectOps.LocalRuntime.Durable.Management;

/// <summary>The management API under <c>/runtime/webhooks/durabletask</c>. Source: HttpApiHandler of the Durable Functions extension.</summary>
internal sealed class ManagementWebhook(DurableHost host, DurableFunctions functions) : IExtensionWebhook
{
    public const string WebhookName = "durabletask";
    private const string ContinuationHeader = "x-ms-continuation-token";

    public string Name => WebhookName;

    public void Map(IEndpointRouteBuilder webhook)
    {
        Map("GET", "/instances", ListAsync);
        Map("DELETE", "/instances", PurgeManyAsync);
        Map("GET", "/instances/{id}", GetAsync);
        Map("DELETE", "/instances/{id}", PurgeAsync);
        Map("POST", "/instances/{id}/raiseEvent/{name}", RaiseAsync);
        Map("POST", "/instances/{id}/terminate", http => SteerAsync(http, (client, id, reason) => client.TerminateInstanceAsync(id, (object?)reason, http.RequestAborted)));
        Map("POST", "/instances/{id}/suspend", http => SteerAsync(http, (client, id, reason) => client.SuspendInstanceAsync(id, reason, http.RequestAborted)));
        Map("POST", "/instances/{id}/resume", http => SteerAsync(http, (client, id, reason) => client.ResumeInstanceAsync(id, reason, http.RequestAborted)));
        Map("POST", "/instances/{id}/restart", RestartAsync);
        Map("POST", "/orchestrators/{name}/{id?}", StartAsync);

        void Map(string method, string pattern, Func<HttpContext, Task> handle) => webhook.MapMethods(pattern, [method], http =>
        {
            if (host.IsNeeded)
                return handle(http);
            // An app without orchestrations has no engine.
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        });
    }

    private async Task GetAsync(HttpContext http)
    {
        var query = new ManagementQuery(http.Request.Query);
        var withHistory = query.Flag("showHistory", false);
        var found = await host.Client.FindAsync(Id(http), withHistory, http.RequestAborted);
        if (found is not { } instance)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var status = instance.Header.Status;
        if (!instance.Header.IsEnded)
        {
            http.Response.Headers.Location = ManagementQuery.AddressOf(http.Request);
            http.Response.Headers.RetryAfter = "5";
        }
        var code = !instance.Header.IsEnded ? StatusCodes.Status202Accepted
            : status == OrchestrationRuntimeStatus.Failed && query.Flag("returnInternalServerErrorOnFailure", false) ? StatusCodes.Status500InternalServerError
            : StatusCodes.Status200OK;
        var body = InstanceJson.Of(instance.Header, query.Flag("showInput", true));
        if (withHistory)
            body["historyEvents"] = InstanceJson.Of(instance.Header, instance.History ?? [], query.Flag("showHistoryOutput", false));
        await AnswerAsync(http, code, body);
    }

    private async Task ListAsync(HttpContext http)
    {
        var query = new ManagementQuery(http.Request.Query);
        var page = await host.Client.ListAsync(
            query.Filter(), query.Number("top") ?? OrchestrationQuery.DefaultPageSize, (string?)http.Request.Headers[ContinuationHeader] is { Length: > 0 } token ? token : null,
            http.RequestAborted);
        http.Response.Headers[ContinuationHeader] = page.ContinuationToken ?? "";
        var showsInput = query.Flag("showInput", false);
        await AnswerAsync(http, StatusCodes.Status200OK, new JsonArray([.. page.Headers.Select(header => InstanceJson.Of(header, showsInput))]));
    }

    private async Task RaiseAsync(HttpContext http)
    {
        if (await RefusalAsync(http) is { } refusal)
        {
            http.Response.StatusCode = refusal;
            return;
        }
        if (!http.Request.HasJsonContentType())
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, "Only application/json request content is supported");
            return;
        }
        if (await ReadJsonAsync(http) is not { } payload)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid JSON content");
            return;
        }
        await TellAsync(http, () => host.Client.RaiseRawAsync(Id(http), (string)http.Request.RouteValues["name"]!, payload, http.RequestAborted));
    }

    private async Task SteerAsync(HttpContext http, Func<DurableTaskClient, string, string?, Task> steer)
    {
        if (await RefusalAsync(http) is { } refusal)
            http.Response.StatusCode = refusal;
        else
            await TellAsync(http, () => steer(host.Client, Id(http), http.Request.Query["reason"]));
    }

    private async Task StartAsync(HttpContext http)
    {
        var name = (string)http.Request.RouteValues["name"]!;
        if (!functions.HasOrchestrator(name))
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, $"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function.");
            return;
        }
        string? input = null;
        if (http.Request.ContentLength != 0 && (input = await ReadJsonAsync(http)) is null)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, "Invalid JSON content");
            return;
        }
        var id = http.Request.RouteValues["id"] as string ?? Guid.NewGuid().ToString("N");
        await BeginAsync(http, () => host.Client.StartRawAsync(name, id, input, http.RequestAborted));
    }

    private Task RestartAsync(HttpContext http) => BeginAsync(
        http, () => host.Client.RestartAsync(Id(http), new ManagementQuery(http.Request.Query).Flag("restartWithNewInstanceId", true), http.RequestAborted));

    private async Task BeginAsync(HttpContext http, Func<Task<string>> begin)
    {
        try
        {
            var links = host.LinksFor(http.Request).Of(await begin());
            http.Response.Headers.Location = links.StatusQueryGetUri;
            http.Response.Headers.RetryAfter = "10";
            await AnswerAsync(http, StatusCodes.Status202Accepted, links.ToJson());
        }
        catch (ArgumentException exception)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (Exception exception) when (exception is DurableClientException { Error: DurableClientError.AlreadyExists } or InvalidOperationException)
        {
            await ErrorAsync(http, StatusCodes.Status409Conflict, exception.Message);
        }
    }

    private async Task PurgeAsync(HttpContext http)
    {
        var instance = await host.Client.GetInstanceAsync(Id(http), cancellation: http.RequestAborted);
        if (instance is null)
            http.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (!instance.IsCompleted)
            await ErrorAsync(http, StatusCodes.Status412PreconditionFailed, $"Only orchestrations in a terminal state can be purged; '{instance.InstanceId}' is {instance.RuntimeStatus}.");
        else
            await PurgedAsync(http, await host.Client.PurgeInstanceAsync(instance.InstanceId, cancellation: http.RequestAborted));
    }

    private async Task PurgeManyAsync(HttpContext http)
    {
        var filter = new ManagementQuery(http.Request.Query).Filter();
        if (filter.CreatedFrom is null)
        {
            await ErrorAsync(http, StatusCodes.Status400BadRequest, "Please provide value for 'createdTimeFrom' parameter.");
            return;
        }
        await PurgedAsync(http, await host.Client.PurgeAllInstancesAsync(
            new PurgeInstancesFilter(filter.CreatedFrom, filter.CreatedTo, filter.Statuses), cancellation: http.RequestAborted));
    }

    private static Task PurgedAsync(HttpContext http, PurgeResult result)
    {
        if (result.PurgedInstanceCount > 0)
            return AnswerAsync(http, StatusCodes.Status200OK, new JsonObject { ["instancesDeleted"] = result.PurgedInstanceCount });
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task<int?> RefusalAsync(HttpContext http) => await host.Client.GetInstanceAsync(Id(http), cancellation: http.RequestAborted) switch
    {
        null => StatusCodes.Status404NotFound,
        { IsCompleted: true } => StatusCodes.Status410Gone,
        _ => null,
    };

    private async Task TellAsync(HttpContext http, Func<Task> tell)
    {
        http.Response.StatusCode = StatusCodes.Status202Accepted;
        try
        {
            await tell();
        }
        catch (DurableClientException)
        {
            // It has ended meanwhile, or it is what was asked for already: upstream sends the message then, and nothing comes of it.
            if (await RefusalAsync(http) is { } refusal)
                http.Response.StatusCode = refusal;
        }
    }

    private static async Task<string?> ReadJsonAsync(HttpContext http)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
            return document.RootElement.GetRawText();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Task ErrorAsync(HttpContext http, int status, string message) => AnswerAsync(http, status, new JsonObject { ["message"] = message });

    private static Task AnswerAsync(HttpContext http, int status, JsonNode body)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json; charset=utf-8";
        return http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
