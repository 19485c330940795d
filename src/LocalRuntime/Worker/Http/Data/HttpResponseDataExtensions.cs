using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.Azure.Functions.Worker.Http;

/// <summary>Writing a <see cref="HttpResponseData"/>.</summary>
public static class HttpResponseDataExtensions
{
    /// <param name="encoding">Default: UTF-8.</param>
    public static Task WriteStringAsync(this HttpResponseData response, string value, Encoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(response);
        ArgumentNullException.ThrowIfNull(value);
        return response.Body.WriteAsync((encoding ?? Encoding.UTF8).GetBytes(value)).AsTask();
    }

    /// <summary>By the worker's serializer. The status stays as it is.</summary>
    public static ValueTask WriteAsJsonAsync<T>(this HttpResponseData response, T instance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        var serializer = response.FunctionContext.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer
            ?? throw new InvalidOperationException("A serializer is not configured for the worker.");
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        return serializer.SerializeAsync(response.Body, instance, typeof(T), cancellationToken);
    }
}
