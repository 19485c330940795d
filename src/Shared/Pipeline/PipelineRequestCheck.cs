using ProspectOps.Platform.Errors;
using ProspectOps.Platform.Signing;
using ProspectOps.Prospects;
using ProspectOps.Webhooks;

namespace ProspectOps.Pipeline;

/// <summary>Says all that is wrong with a request at once. Pure.</summary>
public static class PipelineRequestCheck
{
    private const int MostProspects = 1000;
    private const int MostNameCharacters = 200;

    /// <exception cref="DomainException"><c>validation_failed</c>; <c>url_invalid</c>, <c>secret_invalid</c>.</exception>
    public static PipelineSettings Check(PipelineRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var errors = new FieldErrors();
        errors.Require(request.Name is { Length: > 0 and <= MostNameCharacters } name && !string.IsNullOrWhiteSpace(name), "name", "must be 1 to 200 characters");
        errors.Require(request.Industry is { Length: > 0 }, "industry", "must name an industry");
        errors.Require(request.Prospects is null != request.UploadId is null, "prospects", "give either prospects or uploadId");
        if (request.Prospects is { } prospects)
            CheckProspects(prospects, errors);
        var options = request.Options ?? new PipelineRequestOptions();
        if (options.Steps is { } steps)
            errors.Require(steps is >= 1 and <= 10, "options.steps", $"must be 1 to 10; was {steps}");
        if (options.BudgetUsd is { } budget)
            errors.Require(budget is > 0 and <= 1_000_000, "options.budgetUsd", "must be above 0 and at most 1,000,000");
        errors.ThrowIfAny();
        if (options.DeliverTo is { } deliverTo)
            CheckDeliverTo(deliverTo);

        var usual = new PipelineSettings();
        return new PipelineSettings
        {
            ValidateEmails = options.ValidateEmails ?? usual.ValidateEmails,
            SmtpProbe = options.SmtpProbe ?? usual.SmtpProbe,
            GenerateFor = options.GenerateFor is { } tiers ? [.. tiers.Distinct().Order()] : usual.GenerateFor,
            Steps = options.Steps ?? usual.Steps,
            RequireApproval = options.RequireApproval ?? usual.RequireApproval,
            BudgetUsd = options.BudgetUsd,
            OnBudgetExceeded = options.OnBudgetExceeded ?? usual.OnBudgetExceeded,
            Deduplicate = options.Deduplicate ?? usual.Deduplicate,
        };
    }

    // A single unusable person is rejected by the pipeline, with its reason, as a row of a file would be; a request without any usable one is a mistake.
    private static void CheckProspects(IReadOnlyList<Prospects.Prospect> prospects, FieldErrors errors)
    {
        errors.Require(prospects.Count is >= 1 and <= MostProspects, "prospects", $"must be 1 to {MostProspects}; there were {prospects.Count}. Upload a file for more");
        if (prospects.Count is 0 or > MostProspects)
            return;
        var rejections = prospects.Select(prospect => prospect is null ? "is null" : ProspectRules.Check(prospect).Rejection).ToArray();
        if (!rejections.All(rejection => rejection is not null))
            return;
        for (var i = 0; i < rejections.Length; i++)
            errors.Add($"prospects[{i}]", rejections[i]!);
    }

    private static void CheckDeliverTo(DeliverTo deliverTo)
    {
        EndpointCheck.UrlOf(deliverTo.Url, "options.deliverTo.url");
        if (deliverTo.Secret is { } secret && !WebhookSecret.TryParse(secret, out _))
            throw new DomainException(WebhookErrors.SecretInvalid with { Errors = new Dictionary<string, string[]> { ["options.deliverTo.secret"] = ["must be whsec_ and base64 of 24 to 64 bytes"] } });
    }
}
