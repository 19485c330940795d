using System.Text.Json;
using Microsoft.AspNetCore.Http;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Json;
using ProspectOps.Validation.Jobs;

namespace ProspectOps.Functions.Validation;

/// <summary>What the query of <c>POST /validation/jobs</c> asks for.</summary>
internal sealed record JobOptions(DedupeMethod? Dedupe, bool? SmtpProbe, string? Column)
{
    private const int MostColumnCharacters = 500;

    /// <exception cref="DomainException"><c>validation_failed</c>.</exception>
    public static JobOptions Read(HttpRequest request)
    {
        var query = request.Query;
        DedupeMethod? dedupe = null;
        if (query["dedupe"].ToString() is { Length: > 0 } method)
        {
            var known = Enum.GetValues<DedupeMethod>().ToDictionary(one => JsonSerializer.SerializeToElement(one, JsonDefaults.Options).GetString()!);
            dedupe = known.TryGetValue(method, out var found) ? found : throw new DomainException(ApiErrors.QueryInvalid("dedupe", $"must be one of {string.Join(", ", known.Keys)}"));
        }
        bool? smtp = query["smtpProbe"].ToString() switch
        {
            "" => null,
            "true" => true,
            "false" => false,
            _ => throw new DomainException(ApiErrors.QueryInvalid("smtpProbe", "must be true or false")),
        };
        var column = query["column"].ToString() is { Length: > 0 } name ? name : null;
        if (column is { Length: > MostColumnCharacters })
            throw new DomainException(ApiErrors.QueryInvalid("column", $"must be at most {MostColumnCharacters} characters"));
        return new JobOptions(dedupe, smtp, column);
    }

    public JobRequest For(JobSource source, string keyId) => new(source, Dedupe ?? DedupeMethod.Canonical, SmtpProbe ?? false, Column) { KeyId = keyId };

    /// <summary>As fields that two requests are compared by.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields() =>
    [
        new("?dedupe", Dedupe?.ToString() ?? ""),
        new("?smtpProbe", SmtpProbe?.ToString() ?? ""),
        new("?column", Column ?? ""),
    ];
}
