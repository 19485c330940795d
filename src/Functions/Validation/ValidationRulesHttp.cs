using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationRulesHttp(RuleStore rules, RuleSimulator simulator)
{
    private const int MostEmails = 1_000;

    [Function("GetValidationRules")]
    [Requires("validation:read")]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new { rules = await rules.GetAsync(request.Tenant(), cancellationToken) });

    [Function("PutValidationRules")]
    [Requires("validation:write")]
    public async Task<IResult> PutAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var given = (await JsonBody.ReadAsync<RulesBody>(request, JsonBody.UsualLimit, cancellationToken)).Value.Rules;
        errors.Require(given is not null, "rules", "must be a list");
        var kept = Become(given ?? [], errors);
        errors.ThrowIfAny();
        await rules.PutAsync(request.Tenant(), kept, cancellationToken);
        return Replies.Ok(new { rules = kept });
    }

    [Function("TestValidationRules")]
    [Requires("validation:read")]
    public async Task<IResult> TestAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/rules/test")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<RulesTestBody>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Emails is null or { Count: <= MostEmails }, "emails", $"must be a list of at most {MostEmails}");
        var given = body.Rules is null ? null : Become(body.Rules, errors);
        errors.ThrowIfAny();
        var tried = given ?? await rules.GetAsync(request.Tenant(), cancellationToken);
        var results = simulator.Try(request.Tenant(), tried, body.Emails);
        return Replies.Ok(new
        {
            over = body.Emails is null ? "last_results" : "emails",
            total = results.Count,
            matched = results.Count(one => one.Rule is not null),
            changed = results.Count(one => one.Before is not null && one.Before != one.After),
            byRule = tried.ToDictionary(rule => rule.Id, rule => results.Count(one => one.Rule == rule.Id)),
            results,
        });
    }

    private static ValidationRule[] Become(IReadOnlyList<RuleBody> given, FieldErrors errors)
    {
        foreach (var (index, rule) in given.Index())
        {
            errors.Require(rule.Action is not null, $"rules[{index}].action", "must be allow or deny");
            errors.Require(rule.Kind is not null, $"rules[{index}].kind", "must be address, domain or regex");
        }
        ValidationRule[] rules = [.. given.Select(rule => new ValidationRule(rule.Id ?? "", rule.Action ?? default, rule.Kind ?? default, rule.Pattern ?? ""))];
        RuleCheck.Check(rules, errors);
        return rules;
    }
}
