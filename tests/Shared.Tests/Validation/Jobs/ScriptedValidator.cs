using System.Collections.Concurrent;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation.Jobs;

/// <summary>Answers at once and remembers how often it was asked about each address; may be told to fail, or to put an address off.</summary>
internal sealed class ScriptedValidator(TimeProvider clock) : IEmailValidator
{
    public ConcurrentDictionary<string, int> Asked { get; } = new();

    /// <summary>Fails batches with an address like this.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    /// <summary>When to ask again; null for never.</summary>
    public Func<string, TimeSpan?> PutsOff { get; set; } = _ => null;

    /// <summary>What a batch waits for before it is answered.</summary>
    public Func<Task> Waits { get; set; } = () => Task.CompletedTask;

    public async Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken)
    {
        if (emails.Any(Fails))
            throw new InvalidOperationException("The name server is on fire.");
        await Waits();
        foreach (var email in emails)
            Asked.AddOrUpdate(email, 1, (_, count) => count + 1);
        return new EmailBatch([.. emails.Select(email => new CheckedEmail(Result(email), PutsOff(email) is { } later ? clock.GetUtcNow() + later : null))], 0, emails.Count);
    }

    public ValidationResult Result(string email)
    {
        var parses = EmailAddress.TryParse(email.AsSpan().Trim(), out var address, out var error);
        var syntax = parses ? SyntaxCheck.Of(address!) : new SyntaxCheck(false, null, null, null, error!.ToString());
        var verdict = !parses ? Verdict.Undeliverable : address!.Local.StartsWith("risky", StringComparison.Ordinal) ? Verdict.Risky : Verdict.Deliverable;
        return new ValidationResult(
            email, address?.Canonical, verdict, parses ? 90 : 0, [parses ? ValidationReasons.MxFound : ValidationReasons.InvalidSyntax],
            new ValidationChecks(syntax, MxCheck.NotAsked, SmtpCheck.NotAttempted, false, false, false, null), null, false, clock.GetUtcNow(), 0);
    }
}
