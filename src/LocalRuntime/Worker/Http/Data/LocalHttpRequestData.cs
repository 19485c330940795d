using System.Collections.Specialized;
using System.Security.Claims;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace ProspectOps.LocalRuntime.Worker.Http.Data;

internal sealed class LocalHttpRequestData(FunctionContext context, HttpRequest request) : HttpRequestData(context)
{
    private readonly LocalHttpResponseData _response = new(context, request.HttpContext.Response);

    public override Stream Body => request.Body;

    public override HttpHeadersCollection Headers => field ??= new HttpHeadersCollection(request.Headers.Select(
        header => KeyValuePair.Create(header.Key, header.Value.Where(value => value is not null).Select(value => value!))));

    public override Uri Url => field ??= new Uri(request.GetEncodedUrl());

    public override IEnumerable<ClaimsIdentity> Identities => request.HttpContext.User.Identities;

    public override string Method => request.Method;

    public override NameValueCollection Query => field ??= HttpUtility.ParseQueryString(request.QueryString.Value ?? "");

    public override HttpResponseData CreateResponse() => _response;
}
