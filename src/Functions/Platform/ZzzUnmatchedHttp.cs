using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Functions.Platform;

/// <summary>Answers what no other function does: 405 where the path exists for other methods, 404 where it does not.</summary>
/// <remarks>The Functions host orders routes by function name, so this one has to come last. It names no methods, and so takes all there are.</remarks>
public sealed class ZzzUnmatchedHttp
{
    private static readonly (TemplateMatcher Path, string[] Methods)[] Routes = [.. HttpFunctions.All
        .Select(function => function.Trigger)
        .Where(trigger => trigger is { Route: not null and not "{*path}", Methods.Length: > 0 })
        .Select(trigger => (new TemplateMatcher(TemplateParser.Parse(trigger.Route!), []), trigger.Methods!))];

    [Function("ZzzUnmatched")]
    [Open]
    public static Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, Route = "{*path}")] HttpRequest request, string? path)
    {
        ArgumentNullException.ThrowIfNull(request);
        // What is written out hides the placeholder that would match it too: no campaign is called create.
        var allowed = Routes
            .Where(route => route.Path.TryMatch($"/{path}", []))
            .GroupBy(route => route.Path.Template.Parameters.Count)
            .MinBy(routes => routes.Key)?
            .SelectMany(route => route.Methods)
            .Select(method => method.ToUpperInvariant())
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (allowed is null)
            throw new DomainException(ApiErrors.RouteNotFound);
        request.HttpContext.Response.Headers.Allow = string.Join(", ", allowed);
        throw new DomainException(ApiErrors.MethodNotAllowed(request.Method, allowed));
    }
}
