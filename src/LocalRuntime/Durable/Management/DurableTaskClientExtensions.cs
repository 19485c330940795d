using System.Net;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ProspectOps.LocalRuntime.Durable.Engine;
using ProspectOps.LocalRuntime.Durable.Management;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Addresses of the management API for those who start orchestrations. They hold a key: neither for logs nor for browsers.</summary>
public static class DurableTaskClientExtensions
{
    /// <summary>Waits until the instance has ended and answers 200 with its state; 202 as <see cref="CreateCheckStatusResponseAsync(DurableTaskClient, HttpRequestData, string, CancellationToken)"/> does, once it is cancelled before.</summary>
    /// <param name="client">Given by <c>[DurableClient]</c>.</param>
    /// <param name="request">The request to answer.</param>
    /// <param name="instanceId">One that does not exist is waited for.</param>
    /// <param name="retryInterval">Between two looks; a second where null.</param>
    /// <param name="returnInternalServerErrorOnFailure">Whether one that failed answers 500.</param>
    /// <param name="getInputsAndOutputs">Whether the state has them.</param>
    /// <param name="cancellation">Ends the waiting, not the answer.</param>
    public static async Task<HttpResponseData> WaitForCompletionOrCreateCheckStatusResponseAsync(
        this DurableTaskClient client,
        HttpRequestData request,
        string instanceId,
        TimeSpan? retryInterval = null,
        bool returnInternalServerErrorOnFailure = false,
        bool getInputsAndOutputs = false,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            while (true)
            {
                if (await client.GetInstanceAsync(instanceId, getInputsAndOutputs, cancellation) is { IsCompleted: true } ended)
                    return await EndedAsync(request, ended, returnInternalServerErrorOnFailure);
                await Task.Delay(retryInterval ?? TimeSpan.FromSeconds(1), cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return await client.CreateCheckStatusResponseAsync(request, instanceId, CancellationToken.None);
        }
    }

    /// <summary>202 with the address of the status as <c>Location</c> and all addresses as body.</summary>
    public static Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponseAsync(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <inheritdoc cref="CreateCheckStatusResponseAsync(DurableTaskClient, HttpRequestData, string, CancellationToken)"/>
    public static async Task<HttpResponseData> CreateCheckStatusResponseAsync(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        var (response, payload) = Begin(client, request, instanceId, statusCode);
        await Serializer(response).SerializeAsync(response.Body, payload, payload.GetType(), cancellation);
        return response;
    }

    /// <summary>Writes the body synchronously, which ASP.NET Core refuses, here as on Azure: use the asynchronous one.</summary>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, CancellationToken cancellation = default) =>
        client.CreateCheckStatusResponse(request, instanceId, HttpStatusCode.Accepted, cancellation);

    /// <inheritdoc cref="CreateCheckStatusResponse(DurableTaskClient, HttpRequestData, string, CancellationToken)"/>
    public static HttpResponseData CreateCheckStatusResponse(
        this DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode, CancellationToken cancellation = default)
    {
        var (response, payload) = Begin(client, request, instanceId, statusCode);
        Serializer(response).Serialize(response.Body, payload, payload.GetType(), cancellation);
        return response;
    }

    /// <param name="client">Given by <c>[DurableClient]</c>.</param>
    /// <param name="instanceId">Need not exist.</param>
    /// <param name="request">Addresses begin as this one does; without it, as the app is known to be reached.</param>
    /// <exception cref="ArgumentException"><paramref name="instanceId"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">The client was not given by the runtime.</exception>
    public static HttpManagementPayload CreateHttpManagementPayload(this DurableTaskClient client, string instanceId, HttpRequestData? request = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return Links(client, request).Of(instanceId);
    }

    private static async Task<HttpResponseData> EndedAsync(HttpRequestData request, OrchestrationMetadata ended, bool failureIsError)
    {
        var isError = failureIsError && ended.RuntimeStatus == OrchestrationRuntimeStatus.Failed;
        var response = request.CreateResponse(isError ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        var state = new
        {
            ended.Name,
            ended.InstanceId,
            ended.CreatedAt,
            ended.LastUpdatedAt,
            RuntimeStatus = ended.RuntimeStatus.ToString(),
            ended.SerializedInput,
            ended.SerializedOutput,
            ended.SerializedCustomStatus,
        };
        await response.WriteAsJsonAsync(state);
        return response;
    }

    private static (HttpResponseData Response, HttpManagementPayload Payload) Begin(
        DurableTaskClient client, HttpRequestData request, string instanceId, HttpStatusCode statusCode)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(request);
        var response = request.CreateResponse(statusCode);
        var payload = client.CreateHttpManagementPayload(instanceId, request);
        response.Headers.Add("Location", payload.StatusQueryGetUri);
        response.Headers.Add("Content-Type", "application/json");
        return (response, payload);
    }

    private static ManagementLinks Links(DurableTaskClient client, HttpRequestData? request)
    {
        if (client is not EngineClient engine)
            throw new InvalidOperationException("Failed to create HTTP management payload. The client was not given by [DurableClient].");
        return request is null
            ? engine.Links
            : engine.Links with { WebhookBase = $"{request.Url.GetLeftPart(UriPartial.Authority)}/runtime/webhooks/{ManagementWebhook.WebhookName}" };
    }

    private static global::Azure.Core.Serialization.ObjectSerializer Serializer(HttpResponseData response) =>
        response.FunctionContext.InstanceServices.GetService<IOptions<WorkerOptions>>()?.Value.Serializer
            ?? throw new InvalidOperationException("A serializer is not configured for the worker.");
}
