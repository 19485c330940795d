using System.Globalization;
using ProspectOps.Platform.Errors;

namespace ProspectOps.Webhooks;

/// <summary>Says what is wrong with an endpoint's settings, all at once.</summary>
public static class EndpointCheck
{
    private const int MostUrlCharacters = 2_000;
    private const int MostHeaders = 20;
    private const int MostHeaderCharacters = 1_000;
    private const int MostDescriptionCharacters = 500;
    private const double MostPerSecond = 10_000;
    private const int MostWindows = 20;

    // What we send ourselves, what the connection is made of, and what would name somebody else.
    private static readonly HashSet<string> Forbidden = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect", "date", "user-agent",
        "proxy-connection", "proxy-authorization", "proxy-authenticate", "forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via", "cookie", "set-cookie",
        "webhook-id", "webhook-timestamp", "webhook-signature", "webhook-attempt", "webhook-replay", WebhookSignatures.SecondHeader, "traceparent", "tracestate", "metadata-flavor", "metadata",
    };

    /// <exception cref="DomainException"><c>validation_failed</c>, <c>url_invalid</c>.</exception>
    public static void Check(EndpointChange change, bool isNew)
    {
        ArgumentNullException.ThrowIfNull(change);
        var errors = new FieldErrors();
        if (isNew || change.Events is not null)
            errors.Require(change.Events is { Count: > 0 }, "events", "must name at least one type of event, or *");
        foreach (var (type, index) in (change.Events ?? []).Select((type, index) => (type, index)))
        {
            var known = type == WebhookEndpoint.AllEvents || EventTypes.All.Contains(type);
            errors.Require(known, string.Create(CultureInfo.InvariantCulture, $"events[{index}]"), "is not a type of event; GET /api/webhooks/event-types lists them");
        }
        errors.Require(change.Description is not { Length: > MostDescriptionCharacters }, "description", $"must be at most {MostDescriptionCharacters} characters");
        errors.Require(change.RatePerSecond is null or (> 0 and <= MostPerSecond), "ratePerSecond", $"must be above 0, up to {MostPerSecond}");
        errors.Require(change.Signing is null or "hmac" or "ed25519", "signing", "must be hmac or ed25519");
        errors.Require(change.Status is null or "active" or "disabled", "status", "must be active or disabled");
        CheckHeaders(change.Headers ?? new Dictionary<string, string>(), errors);
        errors.ThrowIfAny();
        if (isNew || change.Url is not null)
            UrlOf(change.Url, "url");
    }

    /// <exception cref="DomainException"><c>url_invalid</c>.</exception>
    public static Uri UrlOf(string? text, string field)
    {
        var valid = Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url is { UserInfo.Length: 0, Fragment.Length: 0, Host.Length: > 0 }
            && text!.Length <= MostUrlCharacters;
        return valid ? url! : throw new DomainException(WebhookErrors.UrlInvalid with { Errors = new Dictionary<string, string[]> { [field] = ["must be an absolute http or https URL"] } });
    }

    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public static void Check(IReadOnlyList<MaintenanceWindow>? windows)
    {
        var errors = new FieldErrors();
        errors.Require(windows is { Count: <= MostWindows }, "windows", $"must be a list of at most {MostWindows}");
        foreach (var (window, index) in (windows ?? []).Select((window, index) => (window, index)))
        {
            if (MaintenanceSchedule.Fault(window) is { } fault)
                errors.Add(string.Create(CultureInfo.InvariantCulture, $"windows[{index}]"), fault);
        }
        errors.ThrowIfAny();
    }

    private static void CheckHeaders(IReadOnlyDictionary<string, string> headers, FieldErrors errors)
    {
        errors.Require(headers.Count <= MostHeaders, "headers", $"must be at most {MostHeaders}");
        foreach (var (name, value) in headers)
        {
            var isToken = name.Length is > 0 and <= 100 && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal));
            errors.Require(isToken, $"headers.{name}", "is not the name of a header");
            errors.Require(!Forbidden.Contains(name), $"headers.{name}", "is a header that cannot be set");
            errors.Require(value is { Length: <= MostHeaderCharacters } && value.All(c => c is >= ' ' and <= '~' or '\t'), $"headers.{name}", $"must be at most {MostHeaderCharacters} printable ASCII characters");
        }
    }
}
