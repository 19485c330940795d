using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;

namespace ProspectOps.Functions.OpenApi;

/// <summary>An HTTP function, as its attributes describe it.</summary>
public sealed class ApiOperation
{
    private ApiOperation(MethodInfo method, HttpTriggerAttribute trigger)
    {
        Id = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        Route = trigger.Route!;
        Verbs = trigger.Methods ?? [];
        Tag = method.DeclaringType!.Namespace!.Split('.')[^1];
        Scope = method.GetCustomAttribute<RequiresAttribute>()?.Scope;
        Operation = method.GetCustomAttribute<OperationAttribute>();
        Takes = method.GetCustomAttribute<TakesAttribute>();
        TakesFile = method.GetCustomAttribute<TakesFileAttribute>();
        Answers = [.. method.GetCustomAttributes<AnswersAttribute>().OrderBy(answer => answer.Status)];
        AnswersFile = method.GetCustomAttribute<AnswersFileAttribute>();
        Parameters = [.. method.GetCustomAttributes<ParameterAttribute>()];
        IsPaged = method.GetCustomAttribute<PagedAttribute>() is not null;
        IsIdempotent = method.GetCustomAttribute<IdempotentAttribute>() is not null;
        OwnCodes = method.GetCustomAttribute<RefusesAttribute>()?.Codes ?? [];
    }

    /// <summary>Every HTTP function of the app but the one that answers what no other does, in the order of routes.</summary>
    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        .. HttpFunctions.All
            .Where(found => found.Trigger.Route is not (null or "{*path}"))
            .Select(found => new ApiOperation(found.Method, found.Trigger))
            .OrderBy(operation => operation.Route, StringComparer.Ordinal)
            .ThenBy(operation => string.Join(',', operation.Verbs), StringComparer.Ordinal),
    ];

    public string Id { get; }

    /// <summary>Without <c>/api</c> and without a leading slash.</summary>
    public string Route { get; }

    /// <summary>In lower case.</summary>
    public IReadOnlyList<string> Verbs { get; }

    /// <summary>The capability that it belongs to.</summary>
    public string Tag { get; }

    /// <summary>Null where it is open, empty where any key will do.</summary>
    public string? Scope { get; }

    /// <summary>Null where nobody has described it yet.</summary>
    public OperationAttribute? Operation { get; }

    public TakesAttribute? Takes { get; }

    public TakesFileAttribute? TakesFile { get; }

    public IReadOnlyList<AnswersAttribute> Answers { get; }

    public AnswersFileAttribute? AnswersFile { get; }

    public IReadOnlyList<ParameterAttribute> Parameters { get; }

    public bool IsPaged { get; }

    public bool IsIdempotent { get; }

    /// <summary>Codes of every refusal that it can answer: its own, and those that follow from how it is called.</summary>
    public IEnumerable<string> Codes
    {
        get
        {
            var codes = new List<string>(OwnCodes) { "internal_error" };
            if (Scope is not null)
                codes.AddRange(["api_key_missing", "api_key_invalid", "rate_limited", "network_not_allowed", "tenant_suspended"]);
            if (Scope is { Length: > 0 })
                codes.Add("scope_missing");
            if (Takes is not null)
                codes.AddRange(["validation_failed", "json_invalid", "unsupported_media_type", "body_too_large"]);
            if (TakesFile is not null)
                codes.AddRange(["validation_failed", "unsupported_media_type"]);
            if (Parameters.Any(parameter => parameter.Type != typeof(string) || parameter.OneOf is not null))
                codes.Add("validation_failed");
            if (IsPaged)
                codes.AddRange(["validation_failed", "cursor_invalid"]);
            if (IsIdempotent)
                codes.AddRange(["idempotency_key_invalid", "idempotency_key_reused", "idempotency_in_progress"]);
            return codes.Distinct().Order(StringComparer.Ordinal);
        }
    }

    private IReadOnlyList<string> OwnCodes { get; }
}
