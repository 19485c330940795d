using ProspectOps.Platform.Errors;
using ProspectOps.Tenancy;
using ProspectOps.Validation;

namespace ProspectOps.Tests.Validation;

/// <summary>A quota that a test sets and reads.</summary>
internal sealed class SomeQuota : IValidationQuota
{
    public int Left { get; set; } = int.MaxValue;

    public ValueTask<Func<ValueTask>> TakeAsync(TenantId tenant, string? keyId, int checks, CancellationToken cancellationToken)
    {
        if (checks > Left)
            throw new DomainException(new DomainError(ErrorKind.TooMany, "quota_exceeded", "Nothing is left."));
        Left -= checks;
        return ValueTask.FromResult<Func<ValueTask>>(() =>
        {
            Left += checks;
            return ValueTask.CompletedTask;
        });
    }
}
