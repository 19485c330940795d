using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.OpenApi;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;
using ProspectOps.Validation.Smtp;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationHttp(IEmailValidator validator, ValidationCache cache, RuleStore rules)
{
    [Function("CheckEmail")]
    [Requires("validation:read")]
    [Operation("Judges one address.", Description = "A string that is no address is judged too: it is undeliverable. A remembered verdict costs no quota.")]
    [Takes(typeof(CheckEmailRequest), Example = """{"email":"maria.borg@northernlights.example"}""")]
    [Answers(200, typeof(ValidationResult))]
    [Refuses("quota_exceeded")]
    public async Task<IResult> CheckAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "validation/check")] HttpRequest request, CancellationToken cancellationToken)
    {
        var body = (await JsonBody.ReadAsync<CheckEmailRequest>(request, JsonBody.UsualLimit, cancellationToken)).Value;
        var errors = new FieldErrors();
        errors.Require(body.Email is not null, "email", "must be text");
        errors.ThrowIfAny();
        var caller = request.Caller();
        var settings = new ValidationSettings(body.SmtpProbe ?? false, await rules.GetAsync(caller.Tenant, cancellationToken))
        {
            Tenant = caller.Tenant,
            KeyId = caller.KeyId,
            CountsAgainstQuota = true,
            Priority = ProbePriority.Interactive,
            Cache = body.UseCache ?? true ? CacheUse.Storage : CacheUse.Refresh,
        };
        return Replies.Ok((await validator.CheckManyAsync([body.Email!], settings, cancellationToken)).Checked[0].Result);
    }

    [Function("ForgetCheckedEmail")]
    [Requires("validation:write")]
    [Operation("Forgets what is remembered of one mailbox.", Description = "All its spellings go at once: case, plus tag, and Gmail's dots. One that is not remembered is no error.")]
    [Parameter("email", "The address.", Example = "maria.borg@northernlights.example")]
    [Answers(204)]
    [Refuses("validation_failed")]
    public async Task<IResult> ForgetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "validation/cache/{email}")] HttpRequest request, string email, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!EmailAddress.TryParse(PathPart.Unescaped(email).AsSpan().Trim(), out var address, out var error))
            errors.Add("email", error.ToString());
        errors.ThrowIfAny();
        await cache.ForgetAsync(request.Tenant(), address!, cancellationToken);
        return Results.NoContent();
    }
}
