namespace ProspectOps.Validation;

/// <summary>Says what may be expected of mail to addresses.</summary>
public interface IEmailValidator
{
    /// <summary>One result an address, in the same order. Never throws for what an address holds.</summary>
    Task<IReadOnlyList<ValidationResult>> ValidateAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken);
}
