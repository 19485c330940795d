namespace ProspectOps.Validation.Suppressions;

/// <summary>Answers for suppressed addresses, and asks the validator behind it about the rest.</summary>
public sealed class SuppressingValidator(IEmailValidator inner, SuppressionService suppressions, TimeProvider clock) : IEmailValidator
{
    public async Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Tenant is not { } tenant || await suppressions.FindAsync(tenant, emails, cancellationToken) is not { Count: > 0 } found)
            return await inner.CheckManyAsync(emails, settings, cancellationToken);

        var suppressed = found.ToHashSet();
        int[] others = [.. Enumerable.Range(0, emails.Count).Where(index => !suppressed.Contains(index))];
        var batch = await inner.CheckManyAsync([.. others.Select(index => emails[index])], settings, cancellationToken);
        var now = clock.GetUtcNow();
        var all = new CheckedEmail[emails.Count];
        foreach (var index in suppressed)
            all[index] = new CheckedEmail(SuppressedResult.Of(emails[index], now), null);
        foreach (var (index, one) in others.Zip(batch.Checked))
            all[index] = one;
        return batch with { Checked = all };
    }
}
