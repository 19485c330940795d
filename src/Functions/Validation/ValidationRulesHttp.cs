using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationRulesHttp(RuleStore rules, RuleSimulator simulator)
{
    private const int MostEmails = 1_000;

    [Function("GetValidationRules")]
    [Requires("validation:read")]
    [Operation("Lists the tenant's rules, in the order in which they are tried.")]
    [Answers(200, typeof(RulesView))]
    public async Task<IResult> GetAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new RulesView(await rules.GetAsync(request.Tenant(), cancellationToken)));

    [Function("PutValidationRules")]
    [Requires("validation:write")]
    [Operation("Replaces the tenant's rules; the first that matches decides.")]
    [Takes(typeof(RulesBody), Example = """{"rules":[{"id":"partners","action":"allow","kind":"domain","pattern":"partner.example"}]}""")]
    [Answers(200, typeof(RulesView))]
    public async Task<IResult> PutAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        var given = (await JsonBody.ReadAsync<RulesBody>(request, JsonBody.UsualLimit, cancellationToken)).Value.Rules;
        errors.Require(given is not null, "rules", "must be a list");
        var kept = Become(given ?? [], errors);
        errors.ThrowIfAny();
        await rules.PutAsync(request.Tenant(), kept, cancellationToken);
        return Replies.Ok(new RulesView(kept));
    }

    [Function("TestValidationRules")]
    [Requires("validation:read")]
    [Operation("Tries rules without keeping them.", Description = "Over the given addresses, or over the last that this instance judged for the tenant; the tenant's own rules where none are given.")]
    [Takes(typeof(RulesTestBody), Example = """{"rules":[{"id":"temps","action":"deny","kind":"regex","pattern":"^temp[0-9]+@"}],"emails":["temp7@northernlights.example"]}""", IsOptional = true)]
    [Answers(200, typeof(RulesTestView))]
    public async Task<IResult> TestAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/rules/test")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadOrEmptyAsync<RulesTestBody>(request, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Emails is null or { Count: <= MostEmails }, "emails", $"must be a list of at most {MostEmails}");
        var given = body.Rules is null ? null : Become(body.Rules, errors);
        errors.ThrowIfAny();
        var tried = given ?? await rules.GetAsync(request.Tenant(), cancellationToken);
        var results = simulator.Try(request.Tenant(), tried, body.Emails);
        return Replies.Ok(new RulesTestView(
            body.Emails is null ? "last_results" : "emails",
            results.Count,
            results.Count(one => one.Rule is not null),
            results.Count(one => one.Before is not null && one.Before != one.After),
            tried.ToDictionary(rule => rule.Id, rule => results.Count(one => one.Rule == rule.Id)),
            results));
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
