using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.OpenApi;

/// <summary>The API's document, its page, and a page for each error code; all of it works offline.</summary>
public static class OpenApiHttp
{
    private const string Script = "scalar.js";

    [Function("GetOpenApi")]
    [Open]
    [Operation("Answers this document: the whole API as OpenAPI 3.1.")]
    [Answers(200, typeof(object))]
    public static IResult Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Replies.Raw(OpenApiDocument.Bytes);

    [Function("GetDocs")]
    [Open]
    [Operation("Shows the API as a page on which every call can be tried.")]
    [Answers(200)]
    [AnswersFile("text/html")]
    public static IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request) =>
        Pages.Html(
            """
            <!doctype html>
            <html lang="en">
            <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>ProspectOps API</title></head>
            <body>
            <script id="api-reference" data-url="/api/openapi.json" data-configuration='{"withDefaultFonts":false,"telemetry":false,"hideClientButton":true,"showDeveloperTools":"never","agent":{"disabled":true},"mcp":{"disabled":true},"authentication":{"preferredSecurityScheme":"apiKey"}}'></script>
            <script src="/api/docs/scalar.js"></script>
            <noscript>This page needs JavaScript; <a href="/api/openapi.json">openapi.json</a> does not.</noscript>
            </body>
            </html>
            """,
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'");

    [Function("GetDocsFile")]
    [Open]
    [Operation("Answers the script that the page is made with.")]
    [Parameter("file", "Name of the script.", OneOf = [Script])]
    [Answers(200)]
    [AnswersFile("text/javascript")]
    [Refuses("route_not_found")]
    public static IResult File([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs/{file}")] HttpRequest request, string file)
    {
        ArgumentNullException.ThrowIfNull(request);
        var path = Path.Combine(AppContext.BaseDirectory, "wwwroot", Script);
        if (file != Script || !System.IO.File.Exists(path))
            throw new DomainException(ApiErrors.RouteNotFound);
        request.HttpContext.Response.Headers.CacheControl = "public, max-age=86400";
        return Results.File(path, "text/javascript; charset=utf-8");
    }

    [Function("GetErrorPage")]
    [Open]
    [Operation("Explains an error code, and what to do about it.")]
    [Parameter("code", "The code of a problem.", Example = "validation_failed")]
    [Answers(200)]
    [AnswersFile("text/html")]
    [Refuses("error_not_found")]
    public static IResult Error([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "errors/{code}")] HttpRequest request, string code) =>
        ErrorCatalogue.Errors.TryGetValue(code, out var error) ? Pages.Html(ErrorPage(error), Pages.NothingButStyle) : throw new DomainException(ApiErrors.CodeNotFound);

    private static string ErrorPage(CataloguedError error) =>
        $$$"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{{error.Code}}} · ProspectOps</title>
        <style>body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}code{background:#f0f0f0;padding:.1em .3em;border-radius:3px}@media(prefers-color-scheme:dark){body{color:#eee;background:#161616}code{background:#2b2b2b}a{color:#8ab4f8}}</style></head>
        <body>
        <h1><code>{{{error.Code}}}</code></h1>
        <p>{{{Marked(error.Meaning)}}} It comes with HTTP status {{{error.Status}}}.</p>
        {{{string.Concat(error.Mend.Select(paragraph => $"<p>{Marked(paragraph)}</p>\n"))}}}<p><a href="/api/docs">The whole API</a></p>
        </body>
        </html>
        """;

    // The catalogue is ours, yet it is text: encoded first, and then the only mark that it knows.
    private static string Marked(string text) => string.Concat(HtmlEncoder.Default.Encode(text).Split("&#x60;").Select((part, index) => index % 2 == 0 ? part : $"<code>{part}</code>"));
}
