using ProspectOps.Platform.Errors;

namespace ProspectOps.Validation;

/// <summary>Says what may be expected of mail to addresses.</summary>
/// <remarks>
/// Addresses of one domain share one question to DNS, those of one mail server share its sessions, those whose buckets of the cache lie
/// together share a storage call: the larger the batch, the less each address costs. With <see cref="CacheUse.Storage"/> a batch of n
/// addresses costs up to n reads while it is small and 16 when it is large, and up to 96 writes where nothing was remembered; so a caller who works in small chunks reads the cache
/// for all of them at once (<see cref="Cache.ValidationCache.ReadAsync"/>), checks what is missing with <see cref="CacheUse.Memory"/>,
/// and writes in waves of thousands (<see cref="Cache.ValidationCache.WriteAsync"/>).
/// </remarks>
public interface IEmailValidator
{
    /// <summary>One result an address, in the same order. Never throws for what an address holds.</summary>
    /// <exception cref="DomainException"><c>quota_exceeded</c>: nothing was asked, since not all that would have to be asked is paid for.</exception>
    Task<EmailBatch> CheckManyAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken);

    /// <summary>As <see cref="CheckManyAsync"/>, for those who need the results alone.</summary>
    async Task<IReadOnlyList<ValidationResult>> ValidateAsync(IReadOnlyList<string> emails, ValidationSettings settings, CancellationToken cancellationToken) =>
        (await CheckManyAsync(emails, settings, cancellationToken)).Results;
}
