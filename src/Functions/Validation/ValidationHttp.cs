using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using ProspectOps.Functions.Platform;
using ProspectOps.Platform.Errors;
using ProspectOps.Validation;
using ProspectOps.Validation.Cache;

namespace ProspectOps.Functions.Validation;

public sealed class ValidationHttp(IEmailValidator validator, ValidationCache cache, RuleStore rules)
{
    private const int MostEmailCharacters = 1_000;

    [Function("CheckEmail")]
    [Requires("validation:read")]
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

    [Function("ForgetCheckedEmail")]
    [Requires("validation:write")]
    public async Task<IResult> ForgetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "validation/cache/{email}")] HttpRequest request, string email, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        if (!EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out var error))
            errors.Add("email", error.ToString());
        errors.ThrowIfAny();
        await cache.ForgetAsync(request.Tenant(), address!, cancellationToken);
        return Results.NoContent();
    }
}
