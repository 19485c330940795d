using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;

namespace ProspectOps.LocalRuntime.Worker.Http;

/// <summary>Tells whether two routes can match one request.</summary>
/// <remarks>Needed because the Functions host tries routes in the order of function names and not by precedence
/// (azure-functions-host issues 9876 and 3153): what works here would call another function there.</remarks>
internal sealed class RouteOverlap(ParameterPolicyFactory policies)
{
    /// <summary>The one function whose catch-all may stand behind all other routes: its name sorts last.</summary>
    private const string CatchAllFunction = "ZzzUnmatched";
    // Texts that satisfy two of these constraints at once do not exist.
    private static readonly string[][] Kinds = [["guid"], ["int", "long"], ["bool"]];

    public bool Collide(HttpRoute one, HttpRoute other) =>
        SharesVerb(one, other) && !IsLast(one) && !IsLast(other)
        && Shapes(one.Pattern).Any(a => Shapes(other.Pattern).Any(b => CanBothMatch(a, b)));

    private static bool SharesVerb(HttpRoute one, HttpRoute other) =>
        one.Methods.Count == 0 || other.Methods.Count == 0 || one.Methods.Intersect(other.Methods, StringComparer.Ordinal).Any();

    private static bool IsLast(HttpRoute route) =>
        route.Function.Name.Equals(CatchAllFunction, StringComparison.OrdinalIgnoreCase)
        && route.Pattern.Parameters is [{ IsCatchAll: true }];

    /// <summary>The template as it is, and without the optional or defaulted segments that it may end in.</summary>
    private static IEnumerable<IReadOnlyList<RoutePatternPathSegment>> Shapes(RoutePattern pattern)
    {
        for (var length = pattern.PathSegments.Count; ; length--)
        {
            yield return [.. pattern.PathSegments.Take(length)];
            if (length == 0 || pattern.PathSegments[length - 1].Parts is not [RoutePatternParameterPart last]
                || !(last.IsOptional || last.IsCatchAll || pattern.Defaults.ContainsKey(last.Name)))
                yield break;
        }
    }

    private bool CanBothMatch(IReadOnlyList<RoutePatternPathSegment> one, IReadOnlyList<RoutePatternPathSegment> other)
    {
        for (var i = 0; ; i++)
        {
            var (a, b) = (i < one.Count ? one[i] : null, i < other.Count ? other[i] : null);
            if (a is null || b is null)
                return ReferenceEquals(a, b) || IsCatchAll(a ?? b!);
            if (IsCatchAll(a) || IsCatchAll(b))
                return true;
            if (!CanBothMatch(a, b))
                return false;
        }
    }

    private bool CanBothMatch(RoutePatternPathSegment a, RoutePatternPathSegment b) => (LiteralOf(a), LiteralOf(b)) switch
    {
        ({ } left, { } right) => left.Equals(right, StringComparison.OrdinalIgnoreCase),
        ({ } literal, null) => Accepts(b, literal),
        (null, { } literal) => Accepts(a, literal),
        _ => !AreOfDifferentKinds(a, b),
    };

    private static bool IsCatchAll(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternParameterPart { IsCatchAll: true }];

    private static string? LiteralOf(RoutePatternPathSegment segment) => segment.Parts is [RoutePatternLiteralPart literal] ? literal.Content : null;

    private bool Accepts(RoutePatternPathSegment segment, string literal)
    {
        var pattern = RoutePatternFactory.Pattern(segment);
        var values = new RouteValueDictionary();
        return new TemplateMatcher(new RouteTemplate(pattern), []).TryMatch("/" + literal, values)
            && segment.Parts.OfType<RoutePatternParameterPart>().All(parameter => Satisfies(parameter, values));
    }

    private bool Satisfies(RoutePatternParameterPart parameter, RouteValueDictionary values) =>
        parameter.ParameterPolicies
            .Select(policy => policies.Create(parameter, policy))
            .OfType<IRouteConstraint>()
            .All(constraint => constraint.Match(httpContext: null, route: null, parameter.Name, values, RouteDirection.IncomingRequest));

    private static bool AreOfDifferentKinds(RoutePatternPathSegment a, RoutePatternPathSegment b) =>
        KindOf(a) is { } left && KindOf(b) is { } right && left != right;

    private static string[]? KindOf(RoutePatternPathSegment segment) =>
        segment.Parts is [RoutePatternParameterPart parameter]
            ? Array.Find(Kinds, kind => parameter.ParameterPolicies.Any(policy => kind.Contains(policy.Content, StringComparer.OrdinalIgnoreCase)))
            : null;
}
