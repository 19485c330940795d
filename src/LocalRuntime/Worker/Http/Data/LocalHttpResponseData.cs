using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace ProspectOps.LocalRuntime.Worker.Http.Data;

/// <summary>Writes straight to ASP.NET Core's response.</summary>
internal sealed class LocalHttpResponseData : HttpResponseData
{
    private readonly HttpResponse _response;

    public LocalHttpResponseData(FunctionContext context, HttpResponse response)
        : base(context)
    {
        _response = response;
        response.OnStarting(() =>
        {
            foreach (var (name, values) in Headers)
                response.Headers[name] = values.ToArray();
            return Task.CompletedTask;
        });
    }

    public override HttpStatusCode StatusCode
    {
        get => (HttpStatusCode)_response.StatusCode;
        set => _response.StatusCode = (int)value;
    }

    public override HttpHeadersCollection Headers { get; set; } = [];

    public override Stream Body
    {
        get => _response.Body;
        set => _response.Body = value;
    }
}
