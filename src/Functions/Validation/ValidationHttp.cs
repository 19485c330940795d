using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationHttp(IEmailValidator validator, RuleStore rules)
{
    private const int MostEmailCharacters = 1_000;
    private const int MostPatternCharacters = 320;

    [Function("CheckEmail")]
    [Requires("validation:read")]
    [Operation("Judges one address.")]
    [Takes(typeof(CheckEmailRequest), Example = """{"email":"maria.borg@northernlights.example"}""")]
    [Answers(200, typeof(ValidationResult))]
    public async Task<IResult> CheckAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/check")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<CheckEmailRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Email is not null and { Length: <= MostEmailCharacters }, "email", $"must be text of at most {MostEmailCharacters} characters");
        errors.ThrowIfAny();
        var caller = request.Caller();
        var settings = new ValidationSettings(body.SmtpProbe ?? false, await rules.GetAsync(caller.Tenant, cancellationToken))
        {
            Tenant = caller.Tenant,
            KeyId = caller.KeyId,
            Cache = body.UseCache ?? true ? CacheUse.Storage : CacheUse.Refresh,
        };
        return Replies.Ok((await validator.CheckManyAsync([body.Email!], settings, cancellationToken)).Checked[0].Result);
    }

    [Function("GetValidationRules")]
    [Requires("validation:read")]
    [Operation("Lists the tenant's rules, in the order in which they are tried.")]
    [Answers(200, typeof(RulesView))]
    public async Task<IResult> GetRulesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken) =>
        Replies.Ok(new RulesView(await rules.GetAsync(request.Tenant(), cancellationToken)));

    [Function("PutValidationRules")]
    [Requires("validation:write")]
    [Operation("Replaces the tenant's rules; the first that matches decides.")]
    [Takes(typeof(RulesBody), Example = """{"rules":[{"id":"partners","action":"allow","kind":"domain","pattern":"partner.example"}]}""")]
    [Answers(200, typeof(RulesView))]
    public async Task<IResult> PutRulesAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "validation/rules")] HttpRequest request, CancellationToken cancellationToken)
    {
        var given = (await JsonBody.ReadAsync<RulesBody>(request, JsonBody.UsualLimit, cancellationToken)).Value.Rules;
        var errors = new FieldErrors();
        errors.Require(given is { Count: <= RuleStore.MostRules }, "rules", $"must be a list of at most {RuleStore.MostRules}");
        foreach (var (index, rule) in (given ?? []).Index())
        {
            errors.Require(rule.Id is { Length: > 0 and <= 100 }, $"rules[{index}].id", "must be 1 to 100 characters");
            errors.Require(rule.Action is not null, $"rules[{index}].action", "must be allow or deny");
            errors.Require(rule.Kind is not null, $"rules[{index}].kind", "must be address or domain");
            errors.Require(rule.Pattern is { Length: > 0 and <= MostPatternCharacters }, $"rules[{index}].pattern", $"must be 1 to {MostPatternCharacters} characters");
        }
        errors.ThrowIfAny();
        ValidationRule[] kept = [.. given!.Select(rule => new ValidationRule(rule.Id!, rule.Action!.Value, rule.Kind!.Value, rule.Pattern!))];
        await rules.PutAsync(request.Tenant(), kept, cancellationToken);
        return Replies.Ok(new RulesView(kept));
    }
}
